"""Installing packs and activating them for an agency."""

import datetime
from collections.abc import Mapping, Sequence

from thidua.apps.accounts.access import require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.policy.access import may_activate_packs, may_install_packs
from thidua.apps.policy.models import Activation, InstalledPack
from thidua.core.law.load import load_pack
from thidua.core.law.resolve import check_citations, resolve


@official_act
def install_pack(*, actor: Actor, files: Mapping[str, str]) -> InstalledPack:
    """Install a pack after reading it strictly; the same content again gives the same row.

    Raises PackError, Refused.
    """
    require(may_install_packs(actor), "thường trực Hội đồng, giám đốc hoặc người quản trị máy chủ")
    pack = load_pack(files)
    installed, is_new = InstalledPack.objects.get_or_create(
        digest=pack.digest,
        defaults={
            "name": pack.name,
            "version": pack.version,
            "label": pack.label,
            "layer": pack.layer,
            "is_demo": pack.demo,
            "files": dict(files),
            "installed_by": actor.key,
        },
    )
    if is_new:
        record(
            agency_key=actor.agency.pk,
            actor=actor.key,
            verb="install_pack",
            target=f"policy.installedpack:{installed.pk}",
            payload={"pack": pack.name, "version": pack.version, "digest": pack.digest},
        )
    return installed


@official_act
def activate_packs(*, actor: Actor, packs: Sequence[InstalledPack], since: datetime.date, because: str) -> Activation:
    """Let the actor's agency work by these packs from a day; they must fit together. Raises PackError, Refused."""
    require(may_activate_packs(actor), "thường trực Hội đồng hoặc giám đốc")
    loaded = [load_pack(pack.files) for pack in packs]
    check_citations(loaded)
    resolve(loaded, as_of=since)
    activation = Activation.objects.create(
        agency=actor.agency,
        digests=[pack.digest for pack in packs],
        since=since,
        activated_by=actor.key,
        because=because,
    )
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb="activate_packs",
        target=f"policy.activation:{activation.pk}",
        payload={"packs": [[pack.name, pack.version, pack.digest] for pack in packs], "since": since},
        because=because,
    )
    return activation
