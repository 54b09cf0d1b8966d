"""Installing packs and activating them for an agency."""

import datetime
from collections.abc import Mapping, Sequence

from django.db import connection, transaction
from django.utils import timezone

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import grant_role, official_act, open_account, open_move
from thidua.apps.accounts.models import User
from thidua.apps.accounts.queries import Actor, actor_for, operator
from thidua.apps.accounts.states import Role
from thidua.apps.audit.actions import record
from thidua.apps.policy import queries
from thidua.apps.policy.access import (
    may_activate_first_packs,
    may_activate_packs,
    may_confirm_activation,
    may_install_packs,
    may_set_up,
)
from thidua.apps.policy.models import Activation, ActivationProposal, InstalledPack
from thidua.apps.policy.states import PROPOSAL
from thidua.apps.units.actions import found_agency
from thidua.apps.units.models import Agency
from thidua.core.law.errors import LawError
from thidua.core.law.load import load_pack
from thidua.core.law.resolve import check_citations, resolve
from thidua.core.lifecycle import Move

WHO = "thường trực Hội đồng hoặc giám đốc"
FIRST = "Lần đầu, khi thành lập"
SETTER = "setup:first-start"
WHO_FIRST = f"{WHO}; người quản trị hệ thống khi mới cài"


@transaction.atomic
def set_up_agency(
    *,
    token: str,
    code: str,
    name: str,
    kind: str,
    place: str,
    parent_name: str,
    username: str,
    password: str,
    packs: Sequence[Mapping[str, str]],
    since: datetime.date,
) -> User:
    """Found the first agency with its first administrator and its first packs; only with the console's token.

    Raises Refused for another token, CannotDo once there is an agency, ValidationError for a weak password, PackError.
    """
    require(may_set_up(token), "người chạy máy chủ, mở địa chỉ in trên màn hình của máy chủ")
    with connection.cursor() as cursor:  # two who send at once: the second one sees the agency of the first
        cursor.execute(f"LOCK TABLE {Agency._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    if Agency.objects.exists():
        raise CannotDo("Cơ quan đã được thành lập. Đăng nhập bằng tài khoản quản trị.")
    agency = found_agency(actor=SETTER, code=code, name=name, kind=kind, place=place, parent_name=parent_name)
    by, today = operator(agency), timezone.localdate()
    user = open_account(actor=by, username=username, password=password)
    grant_role(actor=by, user=user, role=Role.ADMINISTRATOR, since=today, because=FIRST)
    installed = [install_pack(actor=by, files=files) for files in packs]
    activate_packs(actor=actor_for(user, on=today), packs=installed, since=since, because=FIRST)
    return user


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
    """Let the actor's agency work by its first packs from a day; they must fit together.

    Every change after that is proposed by one person and confirmed by another. Raises CannotDo when the agency has
    packs already, PackError, Refused.
    """
    require(may_activate_first_packs(actor), WHO_FIRST)
    if Activation.objects.exists():
        raise CannotDo("Cơ quan đã chọn bộ luật. Thay đổi phải có một người đề nghị và một người khác xác nhận.")
    _fit(packs, since)
    return _activate(actor, packs, since=since, because=because, proposed_by="")


@official_act
def propose_activation(
    *, actor: Actor, packs: Sequence[InstalledPack], since: datetime.date, because: str
) -> ActivationProposal:
    """Propose to work by these packs from a day. Raises CannotDo for packs that do not fit together, Refused."""
    require(may_activate_packs(actor), WHO)
    if not packs:
        raise CannotDo("Chưa chọn bộ luật nào. Chọn ít nhất bộ luật chung của cả nước.")
    try:
        _fit(packs, since)
    except LawError as error:
        raise CannotDo(str(error)) from error
    proposal = ActivationProposal.objects.create(
        agency=actor.agency,
        digests=[pack.digest for pack in packs],
        since=since,
        because=because,
        proposed_by=actor.key,
    )
    _record(actor, "propose_activation", proposal, _payload(packs, since), because)
    return proposal


@official_act
def confirm_activation(*, actor: Actor, proposal: ActivationProposal) -> Activation:
    """Confirm what another person proposed: the agency works by those packs from the day. Raises CannotDo, Refused."""
    proposal, move = _open(actor, proposal, "confirm_activation")
    require(may_confirm_activation(actor, proposal), "người khác người đề nghị: phải có hai người")
    found = {pack.digest: pack for pack in InstalledPack.objects.filter(digest__in=proposal.digests)}
    packs = [found[digest] for digest in proposal.digests]
    activation = _activate(
        actor, packs, since=proposal.since, because=proposal.because, proposed_by=proposal.proposed_by
    )
    _settle(actor, proposal, move, activation=activation)
    return activation


@official_act
def withdraw_activation(*, actor: Actor, proposal: ActivationProposal) -> ActivationProposal:
    """Take back a proposal that nobody has confirmed. Raises MoveRefused, Refused."""
    proposal, move = _open(actor, proposal, "withdraw_activation")
    _settle(actor, proposal, move)
    _record(actor, "withdraw_activation", proposal, {"since": proposal.since})
    return proposal


def _fit(packs: Sequence[InstalledPack], since: datetime.date) -> None:
    """Raise PackError or NoRule unless the packs can be used together on the day."""
    loaded = [load_pack(pack.files) for pack in packs]
    check_citations(loaded)
    resolve(loaded, as_of=since)


def _activate(
    actor: Actor, packs: Sequence[InstalledPack], *, since: datetime.date, because: str, proposed_by: str
) -> Activation:
    activation = Activation.objects.create(
        agency=actor.agency,
        digests=[pack.digest for pack in packs],
        since=since,
        activated_by=actor.key,
        proposed_by=proposed_by,
        because=because,
    )
    payload = {**_payload(packs, since), "proposed_by": proposed_by, "first": not proposed_by}
    _record(actor, "activate_packs", activation, payload, because)
    return activation


def _open(actor: Actor, proposal: ActivationProposal, verb: str) -> tuple[ActivationProposal, Move]:
    proposal = ActivationProposal.objects.select_for_update().get(pk=proposal.pk)
    return proposal, open_move(PROPOSAL, verb, thing=proposal, actor=actor, queries=queries, who=WHO)


def _settle(actor: Actor, proposal: ActivationProposal, move: Move, *, activation: Activation | None = None) -> None:
    proposal.state, proposal.activation = move.target, activation
    proposal.settled_by, proposal.settled_at = actor.key, timezone.now()
    proposal.save(update_fields=["state", "activation", "settled_by", "settled_at"])


def _payload(packs: Sequence[InstalledPack], since: datetime.date) -> dict[str, object]:
    return {"packs": [[pack.name, pack.version, pack.digest] for pack in packs], "since": since}


def _record(
    actor: Actor,
    verb: str,
    thing: Activation | ActivationProposal,
    payload: dict[str, object],
    because: str = "",
) -> None:
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb=verb,
        target=f"{thing._meta.label_lower}:{thing.pk}",
        payload=payload,
        because=because,
    )
