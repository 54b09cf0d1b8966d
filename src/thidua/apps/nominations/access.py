"""Who may put forward, appraise and read nominations."""

from thidua.apps.accounts.access import may_see_everybody
from thidua.apps.accounts.queries import Actor
from thidua.apps.accounts.states import Role
from thidua.apps.nominations.models import Nomination

WHO_UNIT = "trưởng đơn vị đề nghị hoặc thường trực Hội đồng"
WHO_WAIVES = (
    "giám đốc: quy định có hiệu lực đòi đăng ký thi đua, nên ai chưa đăng ký chỉ được đề nghị khi giám đốc quyết định, "
    "nêu lý do và điều khoản"
)
WHO_STANDING = "thường trực Hội đồng"
WHO_READS = "chính người được đề nghị, trưởng đơn vị, thành viên cuộc họp xét hồ sơ, thường trực, giám đốc, thanh tra"


def may_nominate(actor: Actor, *, unit_id: int) -> bool:
    """The head of the proposing unit, and the standing secretary."""
    return unit_id in actor.headed_units or actor.has(Role.SECRETARY)


def may_waive_registration(actor: Actor) -> bool:
    """The director alone puts forward whom a demanded registration is missing of."""
    return actor.has(Role.DIRECTOR)


def may_appraise(actor: Actor) -> bool:
    """The standing secretary alone."""
    return actor.has(Role.SECRETARY)


def may_see_table(actor: Actor) -> bool:
    """The appraisal table names everybody: the secretary, the director, the inspector."""
    return may_see_everybody(actor)


def may_see_unit_list(actor: Actor, *, unit_id: int) -> bool:
    """A unit's list with its reasons: the unit's head, and who sees everybody."""
    return unit_id in actor.headed_units or may_see_everybody(actor)


def may_read_grave(actor: Actor, nomination: Nomination) -> bool:
    """Why a nomination is held, and its discipline and petitions: who sees everybody, and who it is about.

    A head reads them among the records, where the reading itself is recorded; about the own collective, also here.
    """
    if nomination.person_id is not None:
        return nomination.person_id == actor.person_id or may_see_everybody(actor)
    return may_see_unit_list(actor, unit_id=nomination.unit_id)


def may_see_nomination(actor: Actor, nomination: Nomination, *, sits: bool) -> bool:
    """The nominee, the unit's head, who sees everybody, and who sits in a meeting that has it on its agenda."""
    own = nomination.person_id is not None and nomination.person_id == actor.person_id
    of_own_unit = nomination.person_id is None and nomination.unit_id == actor.unit_id
    return own or of_own_unit or sits or may_see_unit_list(actor, unit_id=nomination.unit_id)
