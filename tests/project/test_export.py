"""The exported tables: what they leave out, and what they must not lose."""

import csv
import datetime
import io
from typing import Any

import pytest
from apps.council_meeting import ASKED, EIGHT, HERE, WRITTEN, Meeting, activate, teller
from apps.nominations_story import APPRAISED, story_of_head
from django.apps import apps

from thidua.apps.audit.models import Payload
from thidua.apps.councils import actions
from thidua.apps.councils.states import Choice, PositionWay
from thidua.apps.nominations.actions import hold
from thidua.apps.records.actions import write_fact
from thidua.apps.records.models import Discipline, Petition
from thidua.project.export import WITHHELD, tables


def exported(name: str) -> list[dict[str, str]]:
    """The rows of one exported table."""
    return list(csv.DictReader(io.StringIO(dict(tables())[f"{name}.csv"].decode())))


@pytest.fixture
def meeting(world: Any, actors: dict[str, Any]) -> Meeting:
    """A secret and an open item, each with the opinion in writing of one who is away."""
    activate(actors, ASKED)
    found = Meeting(actors)
    found.item(1, title="CSTDCS"), found.item(2)
    marks = {member.pk: (HERE if place < 8 else WRITTEN, "") for place, member in enumerate(found.members)}
    actions.take_attendance(actor=found.by, session=found.session, marks=marks)
    found.session = actions.open_session(actor=found.by, session=found.session, at=EIGHT)
    return found


def test_export_does_not_say_who_thinks_what_on_a_secret_vote(meeting: Meeting) -> None:
    secret, open_ = meeting.session.items.order_by("number")
    actions.enter_position(
        actor=meeting.by,
        item=secret,
        member=meeting.members[8],
        choice=Choice.NO,
        way=PositionWay.WRITTEN,
        scan=b"%PDF-1.4",
        filename="y-kien.pdf",
    )
    actions.vote_together(actor=meeting.by, items=[open_], choices=meeting.choices(present=8))
    entry = Payload.objects.get(entry__verb="enter_position")
    assert (sorted(entry.body), entry.body["member"]) == (["member", "sha256", "way"], meeting.members[8].pk)
    rows = exported("councils.position")
    assert {(row["choice"], row["document_id"]) for row in rows if row["item_id"] == str(secret.pk)} == {("", "")}
    said = [row["choice"] for row in rows if row["item_id"] == str(open_.pk)]
    assert said == ["yes"] * 8


def test_export_has_a_count_only_once_the_vote_is_over(meeting: Meeting) -> None:
    secret = meeting.session.items.get(number=1)
    actions.enter_position(
        actor=meeting.by,
        item=secret,
        member=meeting.members[8],
        choice=Choice.YES,
        way=PositionWay.WRITTEN,
        scan=b"%PDF-1.4",
        filename="y-kien.pdf",
    )
    actions.open_vote(actor=meeting.by, item=secret)
    sheet = {secret.pk: (8, 8, 0, 6, 2)}
    for place in (3, 4):
        actions.enter_counts(actor=teller(meeting, place), session=meeting.session, figures=sheet)
    assert [(row["yes"], row["no"]) for row in exported("councils.count")] == [("", "")] * 2
    actions.close_vote(actor=meeting.by, item=secret)
    assert [(row["yes"], row["no"]) for row in exported("councils.count")] == [("6", "2")] * 2
    [item] = [row for row in exported("councils.item") if row["id"] == str(secret.pk)]
    assert (item["yes"], item["needed"], item["passed"]) == ("7", "6", "true")


def test_export_leaves_out_why_somebody_is_held_and_what_a_grave_fact_says(world: Any, actors: dict[str, Any]) -> None:
    story = story_of_head(world, actors)
    nomination = story.submitted()[0]
    hold(actor=story.by, nomination=nomination, reason="Có đơn tố cáo", article="Điều 2", on=APPRAISED)
    given = {"actor": story.by, "person": nomination.person, "source": "Văn bản mật"}
    day = datetime.date(2020, 12, 18)
    write_fact(model=Discipline, form="khien_trach", decision="987/QĐ-KL", decided_on=day, **given)
    write_fact(model=Petition, kind="to_cao", accepted_on=day, **given)
    text = "".join(table.decode() for _name, table in tables())
    assert [words for words in ("Có đơn tố cáo", "987/QĐ-KL", "Văn bản mật") if words in text] == []
    [held] = exported("nominations.hold")
    assert (held["nomination_id"], held["reason"], held["since"]) == (str(nomination.pk), "", "2020-12-16")
    assert str(nomination.person_id) in {row["person_id"] for row in exported("records.discipline")}


def test_every_withheld_column_is_a_column_of_its_table() -> None:
    for label, withheld in WITHHELD.items():
        columns = {field.attname for field in apps.get_model(label)._meta.concrete_fields}
        assert set(withheld.columns) <= columns, label
