"""A council of nine with one planned session, for the tests of councils."""

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

from thidua.apps.accounts.models import User
from thidua.apps.accounts.queries import Actor, actor_for
from thidua.apps.audit.queries import links
from thidua.apps.councils import actions
from thidua.apps.councils.models import Item
from thidua.apps.councils.states import Choice, CouncilKind, MemberRole, Presence
from thidua.apps.policy.actions import confirm_activation, install_pack, propose_activation
from thidua.apps.policy.models import InstalledPack
from thidua.apps.units.models import Person
from thidua.core.law.load import read_directory

ROOT = Path(__file__).resolve().parents[2]
DAY = datetime.date(2020, 12, 23)
SINCE = datetime.date(2020, 1, 15)
EIGHT = datetime.time(8, 0)
NINE = datetime.time(9, 0)
TEN = datetime.time(10, 0)
HERE, AWAY, WRITTEN = Presence.PRESENT, Presence.ABSENT, Presence.WRITTEN


class Meeting:
    """A council of nine with one planned session; the standing secretary runs it."""

    def __init__(self, actors: dict[str, Any], *, kind: CouncilKind = CouncilKind.EMULATION, members: int = 9) -> None:
        self.actors = actors
        self.by = actors["secretary"]
        first = [actors["director"].person_id, actors["member"].person_id]
        rest = Person.objects.exclude(pk__in=first).order_by("code")[: members - 2]
        people = [*(Person.objects.get(pk=pk) for pk in first), *rest]
        self.council = actions.found_council(actor=self.by, kind=kind, name="Hội đồng thử", since=SINCE)
        roles = [MemberRole.CHAIR, MemberRole.CLERK, *[MemberRole.MEMBER] * (members - 2)]
        self.members = [
            actions.add_member(actor=self.by, council=self.council, person=person, role=role, since=SINCE)
            for person, role in zip(people, roles, strict=True)
        ]
        self.session = actions.plan_session(
            actor=self.by,
            council=self.council,
            year=2020,
            title="Phiên họp xét thi đua năm 2020",
            held_on=DAY,
            place="Phòng họp A",
            chair=self.members[0],
            clerk=self.members[1],
        )

    def actor(self, place: int) -> Any:
        """The actor that a member would be with an account of their own."""
        member = self.members[place]
        return replace(
            self.actors["member"], key=f"user:{90000 + place}", name=member.person.full_name, person_id=member.person_id
        )

    def item(self, subject: int = 1, *, title: str = "LDTT", conflicted: tuple[int, ...] = ()) -> Item:
        return actions.put_on_agenda(
            actor=self.by,
            session=self.session,
            subject_kind="test",
            subject_id=subject,
            label=f"Việc {subject}",
            title=title,
            conflicted={self.members[place].person_id: "là người được đề nghị" for place in conflicted},
        )

    def open(self, *, present: int) -> None:
        marks = {
            member.pk: (HERE, "") if place < present else (AWAY, "bận công tác")
            for place, member in enumerate(self.members)
        }
        actions.take_attendance(actor=self.by, session=self.session, marks=marks)
        self.session = actions.open_session(actor=self.by, session=self.session, at=EIGHT)

    def choices(self, *, present: int, no: tuple[int, ...] = ()) -> dict[int, Choice]:
        return {self.members[place].pk: Choice.NO if place in no else Choice.YES for place in range(present)}


def entries(world: Any) -> int:
    return len(links(world.agency.pk))


def outcome(item: Item) -> tuple[Any, ...]:
    item.refresh_from_db()
    return item.state, item.base, item.needed, item.yes, item.no, item.other, item.passed


def teller(meeting: Meeting, place: int) -> Any:
    return meeting.actor(place)


def secret(meeting: Meeting, *titles: str, present: int = 9) -> list[Item]:
    items = [meeting.item(number, title=title) for number, title in enumerate(titles, 1)]
    meeting.open(present=present)
    return [actions.open_vote(actor=meeting.by, item=item) for item in items]


def activate(actors: dict[str, Any], *changes: tuple[str, str]) -> None:
    """Let the agency work by its own pack with some words of its votes changed."""
    installed = []
    for name in ("vn.national", "vn.example-department"):
        files = dict(read_directory(ROOT / "packs" / name))
        if name != "vn.national":
            for before, after in changes:
                files["votes.yaml"] = files["votes.yaml"].replace(before, after)
        installed.append(install_pack(actor=actors["secretary"], files=files))
    work_by(installed, actors=(actors["secretary"], actors["director"]), since=SINCE)


ASKED = ('    share: "2/3"\n', '    share: "2/3"\n    absent: Lấy ý kiến bằng văn bản\n')
SILENT = ("    recusal: council.recusal_leaves_denominator\n", "")


def without_own_rules(actor: Actor, *, since: datetime.date) -> None:
    """From a day on the agency works by the national law alone, which sets no quorum for its council."""
    national = InstalledPack.objects.get(name="vn.national")
    second = actor_for(User.objects.get(username="giam-doc"), on=since)
    work_by([national], actors=(actor, second), since=since)


def work_by(packs: list[InstalledPack], *, actors: tuple[Actor, Actor], since: datetime.date) -> None:
    """The first actor proposes, the second confirms: the agency works by these packs from a day."""
    first, second = actors
    proposed = propose_activation(actor=first, packs=packs, since=since, because="Để thử")
    confirm_activation(actor=second, proposal=proposed)
