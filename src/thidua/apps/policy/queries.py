"""The law an agency works by on a day."""

import datetime
from functools import lru_cache

from thidua.apps.policy.models import Activation, InstalledPack
from thidua.core.law.errors import NoRule
from thidua.core.law.load import load_pack
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Pack, Ruleset


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
