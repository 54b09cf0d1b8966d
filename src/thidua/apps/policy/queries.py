"""The law an agency works by on a day."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from thidua.apps.accounts.queries import names_of
from thidua.apps.policy.models import Activation, ActivationProposal, InstalledPack
from thidua.core.law.errors import LawError, NoRule
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Pack, Ruleset


@dataclass(frozen=True)
class Choice:
    """An activation or a proposal as a page shows it: the packs, and the names of those who acted."""

    thing: Activation | ActivationProposal
    packs: Sequence[InstalledPack]
    proposed_by: str
    settled_by: str


@dataclass(frozen=True)
class Shipped:
    """A pack that came with the program: its files, as ``install_pack`` takes them."""

    pack: Pack
    files: Mapping[str, str]


def installed_packs() -> list[InstalledPack]:
    """Every installed pack without its files, which are large."""
    return list(InstalledPack.objects.defer("files"))


def shipped_packs() -> list[Shipped]:
    """The packs in the folder of the program, those that stand alone first; one that cannot be read is left out."""
    folder = Path(settings.SHIPPED_PACKS)
    stamp = tuple(sorted((str(path), path.stat().st_mtime_ns) for path in folder.rglob("*.yaml")))
    return sorted(_shipped(folder, stamp), key=lambda one: (bool(one.pack.extends), one.pack.name))


def activations() -> list[Choice]:
    """What the agency worked and works by, latest first."""
    return _choices(list(Activation.objects.order_by("-since", "-activated_at")))


def proposals() -> list[Choice]:
    """What was proposed, latest first."""
    return _choices(list(ActivationProposal.objects.order_by("-proposed_at")))


def activation_on(day: datetime.date) -> Activation | None:
    """What the agency works by on a day."""
    return Activation.objects.filter(since__lte=day).last()


def _choices(rows: Sequence[Activation | ActivationProposal]) -> list[Choice]:
    packs = {pack.digest: pack for pack in installed_packs()}
    settled = {row.pk: row.activated_by if isinstance(row, Activation) else row.settled_by for row in rows}
    names = names_of({key for row in rows for key in (row.proposed_by, settled[row.pk])})
    return [
        Choice(
            thing=row,
            packs=[packs[digest] for digest in row.digests],
            proposed_by=names.get(row.proposed_by, ""),
            settled_by=names.get(settled[row.pk], ""),
        )
        for row in rows
    ]


@lru_cache(maxsize=2)
def _shipped(folder: Path, _stamp: tuple[tuple[str, int], ...]) -> tuple[Shipped, ...]:
    found = []
    for place in sorted(folder.glob("*/pack.yaml")):
        try:
            files = read_directory(place.parent)
            found.append(Shipped(pack=load_pack(files), files=files))
        except LawError:
            continue
    return tuple(found)


def ruleset_on(as_of: datetime.date) -> Ruleset:
    """The ruleset of the agency in scope on a day; raises NoRule when it has activated no packs for that day."""
    activation = Activation.objects.filter(since__lte=as_of).last()
    if activation is None:
        raise NoRule(f"cơ quan chưa chọn bộ luật cho ngày {as_of:%d/%m/%Y}")
    return _resolved(tuple(activation.digests), as_of)


def ruleset_of(digests: tuple[str, ...], as_of: datetime.date) -> Ruleset:
    """The ruleset of named packs on a day: what an earlier run was pinned to."""
    return _resolved(digests, as_of)


@lru_cache(maxsize=32)
def _resolved(digests: tuple[str, ...], as_of: datetime.date) -> Ruleset:
    return resolve([_loaded(digest) for digest in digests], as_of=as_of)


@lru_cache(maxsize=32)
def _loaded(digest: str) -> Pack:
    pack = load_pack(InstalledPack.objects.get(digest=digest).files)
    if pack.digest != digest:
        raise NoRule(f"bộ luật {pack.name}: nội dung trong cơ sở dữ liệu không còn khớp mã băm lúc cài")
    return pack
