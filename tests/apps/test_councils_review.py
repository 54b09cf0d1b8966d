"""What a secret vote does not say: opinions in writing, on the item's page and in the minutes."""

from typing import Any

import pytest
from apps.council_meeting import ASKED, EIGHT, HERE, SINCE, TEN, WRITTEN, Meeting, activate, teller

from thidua.apps.accounts.access import CannotDo
from thidua.apps.councils import actions, queries
from thidua.apps.councils.models import Item
from thidua.apps.councils.states import Choice, MemberRole, PositionWay
from thidua.apps.units.models import Person
from thidua.core.papers.docx import paper_docx


@pytest.fixture
def meeting(world: Any, actors: dict[str, Any]) -> Meeting:
    activate(actors, ASKED)
    return Meeting(actors)


def asked_in_writing(meeting: Meeting) -> Item:
    """A secret item about which two absent members wrote: one yes, one no."""
    item = meeting.item(1, title="CSTDCS")
    marks = {member.pk: (HERE if place < 7 else WRITTEN, "") for place, member in enumerate(meeting.members)}
    actions.take_attendance(actor=meeting.by, session=meeting.session, marks=marks)
    meeting.session = actions.open_session(actor=meeting.by, session=meeting.session, at=EIGHT)
    for place, choice in ((7, Choice.YES), (8, Choice.NO)):
        actions.enter_position(
            actor=meeting.by,
            item=item,
            member=meeting.members[place],
            choice=choice,
            way=PositionWay.WRITTEN,
            scan=b"%PDF-1.4",
            filename="y-kien.pdf",
        )
    return actions.open_vote(actor=meeting.by, item=item)


def remarks(meeting: Meeting) -> list[str]:
    sections = queries.session_minutes(meeting.session).sections
    return [str(words) for section in sections if section.mark == "III" for words in section.paragraphs]


def test_an_opinion_in_writing_on_a_secret_vote_names_nobodys_choice(world: Any, meeting: Meeting) -> None:
    item = asked_in_writing(meeting)
    names = [member.person.full_name for member in meeting.members]
    way = str(PositionWay.WRITTEN.label)
    assert queries.positions_shown(item) == [(names[7], "", way), (names[8], "", way)]
    assert [words for words in remarks(meeting) if "văn bản" in words] == []
    for place in (3, 4):
        actions.enter_counts(actor=teller(meeting, place), session=meeting.session, figures={item.pk: (7, 7, 1, 5, 1)})
    actions.close_vote(actor=meeting.by, item=item)
    actions.close_session(actor=meeting.by, session=meeting.session, at=TEN)
    assert [words for words in remarks(meeting) if "văn bản" in words] == [
        "Mục 1: ý kiến bằng văn bản của người vắng, đã tính vào kết quả: 1 không đồng ý, 1 đồng ý."
    ]
    assert paper_docx(queries.tally_minutes(meeting.session))


def test_nobody_joins_a_council_whose_agenda_is_made(meeting: Meeting) -> None:
    meeting.item(1)
    council = meeting.session.council
    newcomer = Person.objects.exclude(pk__in=council.members.values("person")).earliest("pk")
    seats = council.members.count()
    with pytest.raises(CannotDo, match="đã có chương trình"):
        actions.add_member(actor=meeting.by, council=council, person=newcomer, role=MemberRole.MEMBER, since=SINCE)
    assert council.members.count() == seats
