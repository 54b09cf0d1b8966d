"""Who may draft, read, assess, run and recognise initiatives."""

import datetime

from django.db.models import Q

from thidua.apps.accounts.access import may_run_emulation, may_see_everybody
from thidua.apps.accounts.queries import Actor
from thidua.apps.accounts.states import Role
from thidua.apps.councils.models import Member
from thidua.apps.councils.states import CouncilKind
from thidua.apps.initiatives.models import Assessment, Initiative
from thidua.apps.initiatives.states import InitiativeState

DECIDED = (InitiativeState.RECOGNISED, InitiativeState.REFUSED)
VOTED = (InitiativeState.PASSED, *DECIDED)


def is_author(actor: Actor, initiative: Initiative) -> bool:
    """Whether the actor is one of the authors."""
    return actor.person_id is not None and actor.person_id in {author.person_id for author in initiative.authors.all()}


def may_write(actor: Actor, initiative: Initiative) -> bool:
    """Its authors, and who drafted it (the secretary enters what was handed in on paper)."""
    return is_author(actor, initiative) or initiative.drafted_by == actor.key


def may_run(actor: Actor) -> bool:
    """The standing secretary looks into applications and puts them on the agenda."""
    return actor.has(Role.SECRETARY)


def may_recognise(actor: Actor) -> bool:
    """The head of the agency."""
    return actor.has(Role.DIRECTOR)


def may_use(actor: Actor) -> bool:
    """Who runs the agency's emulation enters what an achievement was used for."""
    return may_run_emulation(actor)


def sits_on_council(actor: Actor, *, on: datetime.date) -> bool:
    """Whether the actor is a member of the initiative council on a day."""
    if actor.person_id is None:
        return False
    in_force = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))
    return Member.objects.filter(in_force, person=actor.person_id, council__kind=CouncilKind.INITIATIVE).exists()


def may_see_all(actor: Actor, *, on: datetime.date) -> bool:
    """Who reads every application that was handed in: who sees everybody, and the council's members."""
    return may_see_everybody(actor) or sits_on_council(actor, on=on)


def may_see(actor: Actor, initiative: Initiative, *, on: datetime.date) -> bool:
    """Its authors and drafter at any time; the others once it was handed in."""
    if may_write(actor, initiative):
        return True
    return initiative.state != InitiativeState.DRAFT and may_see_all(actor, on=on)


def may_assess(actor: Actor, initiative: Initiative, *, on: datetime.date) -> bool:
    """A member of the council on that day who is not an author."""
    return not is_author(actor, initiative) and sits_on_council(actor, on=on)


def may_read_assessment(actor: Actor, assessment: Assessment, *, on: datetime.date) -> bool:
    """One's own at any time, those of others after the vote; an author reads none with its name."""
    initiative = assessment.initiative
    if is_author(actor, initiative):
        return False
    if assessment.person_id == actor.person_id:
        return True
    return initiative.state in VOTED and may_see_all(actor, on=on)


def may_read_comments(actor: Actor, initiative: Initiative) -> bool:
    """An author reads the comments, without names, once it was decided."""
    return is_author(actor, initiative) and initiative.state in DECIDED
