"""Telling the demonstration year step by step, so that it can be broken off anywhere and gone on with.

Each step is one transaction; its last entry in the agency's record says that it was told. What was broken off left
nothing, what was told is not told again.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from thidua.apps.accounts.actions import grant_role, open_account, set_password
from thidua.apps.accounts.models import User
from thidua.apps.accounts.queries import Actor, actor_for, operator
from thidua.apps.accounts.states import Role
from thidua.apps.audit.actions import record
from thidua.apps.audit.models import Entry
from thidua.apps.campaigns.models import Campaign
from thidua.apps.units.models import Agency, Person, Post, Unit
from thidua.apps.units.states import PostKind

SYSTEM = "system:demo"
TOLD = "tell_step"
FIRST_DAY = datetime.date(2020, 1, 1)
YEAR = 2020
HEADS = {
    "VP": "TC005",
    "TTR": "TC011",
    "QLNS": "TC016",
    "HCSN": "TC024",
    "TCDT": "TC032",
    "GCS": "TC040",
    "TCDN": "TC047",
    "THTK": "TC052",
    "TTTV": "TC057",
}
ACCOUNTS = ("thuong-truc", "giam-doc", "truong-phong", "can-bo")


@dataclass
class Teller:
    """What every step has at hand: the agency, the made-up texts, the accounts, and how to speak."""

    agency: Agency
    sample: Path
    packs: Path
    say: Callable[[str], None]
    actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def campaign(self) -> Campaign:
        """The year's campaign."""
        return Campaign.objects.get(year=YEAR)

    @property
    def secretary(self) -> Actor:
        """The council's standing secretary."""
        return self.actor("thuong-truc")

    @property
    def director(self) -> Actor:
        """The director."""
        return self.actor("giam-doc")

    def actor(self, username: str) -> Actor:
        """Whoever acts with an account."""
        if username not in self.actors:
            self.actors[username] = actor_for(User.objects.get(username=username), on=timezone.localdate())
        return self.actors[username]

    def head(self, unit: Unit) -> Actor:
        """The head of a unit."""
        return self.actor(head_account(unit.code))

    def actor_of(self, code: str) -> Actor:
        """Whoever acts with the account of a person."""
        return self.actor(User.objects.get(person__code=code).username)

    def unit(self, code: str) -> Unit:
        """One unit by its code."""
        return Unit.objects.get(code=code)

    def people(self) -> dict[str, Person]:
        """Everybody by code."""
        return {person.code: person for person in Person.objects.all()}

    def units(self) -> list[Unit]:
        """The units in the order of their codes."""
        return list(Unit.objects.all())

    def rows(self, name: str) -> Iterator[list[str]]:
        """The rows of a text in ``sample/department``: fields between bars, lines with # are remarks."""
        for line in (self.sample / "department" / name).read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield [part.strip() for part in line.split("|")]


@dataclass(frozen=True)
class Step:
    """One chapter: a name for the record, a heading, and what happens."""

    name: str
    title: str
    act: Callable[[Teller], None]


def members_of(unit: Unit, *, on: datetime.date) -> list[Person]:
    """Who holds a regular post in a unit on a day, as Vietnamese lists are ordered."""
    posts = Post.objects.current().filter(unit=unit, kind=PostKind.REGULAR, since__lte=on).exclude(until__lt=on)
    return [post.person for post in posts.select_related("person").order_by("person__sort_key", "person__code")]


def head_account(code: str) -> str:
    """The account of a unit's head; one of them has the name that the demo prints."""
    return "truong-phong" if code == "HCSN" else f"truong-{code.lower()}"


def tell_steps(teller: Teller, steps: Sequence[Step], *, stop_after: str = "") -> None:
    """Tell the steps that were not told yet, in order; ``stop_after`` breaks off after the step of that name."""
    with scope(agency=teller.agency.pk):
        told = set(Entry.objects.filter(verb=TOLD).values_list("target", flat=True))
        for place, step in enumerate(steps, start=2):
            if f"story:{step.name}" not in told:
                teller.say(f"{place}. {step.title}")
                with transaction.atomic():
                    step.act(teller)
                    record(
                        agency_key=teller.agency.pk, actor=SYSTEM, verb=TOLD, target=f"story:{step.name}", payload={}
                    )
            if step.name == stop_after:
                return


def open_demo_account(
    teller: Teller, name: str, role: Role, *, person: Person | None = None, unit: Unit | None = None
) -> None:
    """An account with one role from the first day of the year on."""
    setter = operator(teller.agency)
    user = open_account(actor=setter, username=name, password=None, person=person)
    grant_role(actor=setter, user=user, role=role, since=FIRST_DAY, unit=unit, because="Trình diễn")


def set_passwords(agency: Agency, password: str) -> None:
    """Give every account the password that is printed where the site is opened; before, nobody can sign in."""
    with scope(agency=agency.pk):
        for user in User.objects.filter(agency=agency):
            set_password(actor=operator(agency), user=user, password=password)
