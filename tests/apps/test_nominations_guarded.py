"""Who reads why a nomination is held, and of discipline and petitions; everybody else reads that it is held."""

from typing import Any

import pytest
from apps.nominations_story import APPRAISED, Story, story_of, story_of_head
from django.test import Client

from thidua.apps.accounts.models import User
from thidua.apps.nominations import actions, queries
from thidua.apps.nominations.models import Nomination
from thidua.core.papers.form import TablePaper

REASON, ARTICLE, RELEASED = "Có đơn tố cáo đang xác minh", "TT 12/2019, Điều 2 khoản 5", "Kết luận: tố cáo sai"


def held(story: Story) -> Nomination:
    """Held, released and held again, after the unit's meeting."""
    nomination = story.submitted()[0]
    actions.hold(actor=story.by, nomination=nomination, reason=REASON, article=ARTICLE, on=APPRAISED)
    actions.release(actor=story.by, nomination=nomination, reason=RELEASED, on=APPRAISED)
    actions.hold(actor=story.by, nomination=nomination, reason=REASON, article=ARTICLE, on=APPRAISED)
    return nomination


def account(person: Any) -> User:
    """The person's own account, opened when there is none."""
    found = User.objects.filter(person=person).first()
    return found or User.objects.create(username=f"nguoi-{person.pk}", agency=person.agency, person=person)


def page(client: Client, user: User, nomination: Nomination) -> str:
    client.force_login(user)
    answer = client.get(f"/de-nghi/ho-so/{nomination.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_units_meeting_reads_claims_and_not_why_it_is_held(
    world: Any, actors: dict[str, Any], client: Client
) -> None:
    story = story_of_head(world, actors)
    nomination = held(story)
    claim = nomination.claims.all()[0].text
    head = User.objects.get(username="truong-phong")
    colleague = next(person for person in story.people if person not in (nomination.person, head.person))
    for user in (account(colleague), head):
        said = page(client, user, nomination)
        assert "Đang tạm dừng xét" in said
        assert claim in said
        assert [words for words in (REASON, ARTICLE, RELEASED) if words in said] == []
    for user in (account(nomination.person), *User.objects.filter(username__in=("thuong-truc", "giam-doc"))):
        said = page(client, user, nomination)
        assert [words for words in (REASON, ARTICLE, RELEASED) if words not in said] == []


@pytest.mark.parametrize(("outcome", "word"), [("deferred", "xác minh"), ("not_reviewed", "kỷ luật")])
def test_the_units_agenda_and_dossier_do_not_tell_of_a_case_or_discipline(
    world: Any, actors: dict[str, Any], outcome: str, word: str
) -> None:
    judged = next(
        row
        for row in world.run.judged.filter(findings__title="LDTT", findings__outcome=outcome, person__isnull=False)
        if outcome == "deferred" or "LDTT.discipline" in row.findings.get(title="LDTT").failed
    )
    story = story_of(world, actors, judged)
    nomination = story.draft(judged.person, "LDTT", override_because="Lý do", override_article="Điều 1")
    item = story.plan().items.get(subject_id=nomination.pk)
    finding = judged.findings.get(title="LDTT")
    assert item.detail.startswith(finding.get_outcome_display())
    open_, guarded = (queries.dossier_of(nomination, guarded=guarded).reasons for guarded in (False, True))
    assert word in open_.lower()
    assert word not in (item.detail + guarded).lower()


def test_the_table_on_paper_says_held_and_not_why(world: Any, actors: dict[str, Any]) -> None:
    story = story_of_head(world, actors)
    held(story)
    paper = queries.appraisal_paper(world.campaign)
    assert isinstance(paper, TablePaper)
    cells = [cell for row in paper.rows if isinstance(row, tuple) for cell in row]
    assert any("Tạm dừng xét" in cell for cell in cells)
    assert [cell for cell in cells if REASON in cell or ARTICLE in cell] == []
    [row] = [row for row in queries.council_table(world.campaign).rows if row.held_because]
    assert row.held_because == f"{REASON} ({ARTICLE})"


def test_a_held_item_leaves_the_agenda_without_the_reason(world: Any, actors: dict[str, Any]) -> None:
    story = story_of_head(world, actors)
    rows = story.submitted()
    actions.appraise_all(actor=story.by, campaign=story.campaign, on=APPRAISED)
    session = story.council(*story.people[:3])
    [item, *_others] = actions.put_on_agenda(actor=story.by, nominations=rows, session=session)
    actions.hold(actor=story.by, nomination=rows[0], reason=REASON, article=ARTICLE, on=APPRAISED)
    item.refresh_from_db()
    assert (item.state, item.because) == ("withdrawn", "Tạm dừng xét")
