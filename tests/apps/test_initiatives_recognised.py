"""Recognition of initiatives: one number for several, achievements, papers, the use-once ledger."""

from typing import Any

from apps.initiatives_world import ASSESSED, DECIDED, NAME, accepted, council, judged, passed, refused, someone, voted
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.accounts.models import User
from thidua.apps.councils.states import Choice
from thidua.apps.files.models import TakenNumber
from thidua.apps.files.queries import content
from thidua.apps.initiatives.actions import (
    recognise,
    release_uses,
    schedule,
    take_vote,
    use_achievement,
)
from thidua.apps.initiatives.models import Initiative, Recognition, Use
from thidua.apps.initiatives.queries import (
    certificates,
    ledger_of,
    recognition_paper,
    register_paper,
    unused_for,
)
from thidua.apps.initiatives.states import InitiativeState
from thidua.apps.records.actions import supersede_fact
from thidua.apps.records.models import Achievement
from thidua.apps.records.states import Scope
from thidua.core.lifecycle import MoveRefused

__all__ = ["council"]


def test_recognise_several_under_one_number_and_write_every_authors_achievement(
    world: Any, actors: dict[str, Any], council: dict[str, Any]
) -> None:
    (other,) = someone("TC020")
    member, director, run = actors["member"], actors["director"], actors["secretary"]
    rows = [
        accepted(actors),
        accepted(actors, name="Mẫu đối chiếu công nợ", authors={member.person_id: 70, other.pk: 30}),
    ]
    for row in rows:
        judged(row, council)
        schedule(actor=run, initiative=row, session=council["session"])
    voted(council, actors, Choice.YES)
    for row in rows:
        take_vote(actor=run, initiative=row)
    refused(Refused, lambda: recognise(actor=run, initiatives=rows, scope=Scope.BASE, on=DECIDED), "giám đốc")
    refused(CannotDo, lambda: recognise(actor=director, initiatives=[], scope=Scope.BASE, on=DECIDED), "Chưa chọn")
    refused(
        CannotDo,
        lambda: recognise(actor=director, initiatives=[rows[0], rows[0]], scope=Scope.BASE, on=DECIDED),
        "hai lần",
    )
    refused(CannotDo, lambda: recognise(actor=director, initiatives=rows, scope=Scope.PROVINCE, on=DECIDED), "cấp trên")
    refused(
        CannotDo, lambda: recognise(actor=director, initiatives=rows, scope=Scope.BASE, on=ASSESSED), "trước ngày Hội"
    )
    assert (Recognition.objects.count(), TakenNumber.objects.filter(series="QĐ-STC").count()) == (0, 0)
    found = recognise(actor=director, initiatives=rows, scope=Scope.BASE, on=DECIDED, number=5)
    assert [(row.initiative_id, row.decision, row.scope, row.on) for row in found] == [
        (row.pk, "05/QĐ-STC", Scope.BASE, DECIDED) for row in rows
    ]
    facts = Achievement.objects.current().filter(decision="05/QĐ-STC")
    assert sorted((fact.person_id, fact.name, fact.scope, fact.year, fact.recognised_on) for fact in facts) == sorted(
        [
            (member.person_id, NAME, Scope.BASE, 2020, DECIDED),
            (member.person_id, "Mẫu đối chiếu công nợ", Scope.BASE, 2020, DECIDED),
            (other.pk, "Mẫu đối chiếu công nợ", Scope.BASE, 2020, DECIDED),
        ]
    )
    documents = {row.document for row in found}
    assert len(documents) == 1
    assert content(documents.pop()).startswith(b"%PDF")
    refused(MoveRefused, lambda: recognise(actor=director, initiatives=rows, scope=Scope.BASE, on=DECIDED))


def test_recognise_with_a_number_that_is_taken_changes_nothing(
    world: Any, actors: dict[str, Any], council: dict[str, Any]
) -> None:
    initiative = passed(actors, council)
    director = actors["director"]
    TakenNumber.objects.create(
        agency=world.agency, year=2020, series="QĐ-STC", number=7, dated=DECIDED, taken_for="x", label="Văn bản khác"
    )
    refused(
        CannotDo,
        lambda: recognise(actor=director, initiatives=[initiative], scope=Scope.BASE, on=DECIDED, number=7),
        "Văn bản khác",
    )
    assert Initiative.objects.get(pk=initiative.pk).state == InitiativeState.PASSED


def test_a_wider_scope_keeps_the_higher_levels_number(
    world: Any, actors: dict[str, Any], council: dict[str, Any]
) -> None:
    initiative = passed(actors, council)
    (found,) = recognise(
        actor=actors["director"], initiatives=[initiative], scope=Scope.PROVINCE, on=DECIDED, decision="88/QĐ-UBND"
    )
    assert (found.decision, found.document, TakenNumber.objects.filter(series="QĐ-STC").count()) == (
        "88/QĐ-UBND",
        None,
        0,
    )
    assert Achievement.objects.current().get(name=NAME).scope == Scope.PROVINCE


def test_papers_of_recognition(world: Any, actors: dict[str, Any], council: dict[str, Any]) -> None:
    (other,) = someone("TC020")
    initiative = passed(actors, council, authors={actors["member"].person_id: 70, other.pk: 30})
    found = recognise(actor=actors["director"], initiatives=[initiative], scope=Scope.BASE, on=DECIDED)
    letter = recognition_paper(found)
    assert (letter.head.number_line, letter.head.kind) == ("Số: 01/QĐ-STC", "Quyết định")
    assert letter.bases == (
        "Căn cứ Nghị định 13/2012/NĐ-CP (Điều lệ Sáng kiến)",
        "Căn cứ Quy chế thi đua, khen thưởng của Sở (minh họa)",
        "Căn cứ Biên bản họp Hội đồng sáng kiến Sở ngày 20/11/2020",
    )
    assert [list(row)[:3] for row in letter.annexes[0].tables[0].rows] == [  # type: ignore[arg-type]
        ["1", NAME, actors["member"].name],
        ["", "", other.full_name],
    ]
    assert [(one.recipient, one.achievement) for one in certificates(found).certificates] == [
        (
            actors["member"].name,
            f"Đồng tác giả của sáng kiến “{NAME}” (tỷ lệ đóng góp 70%), phạm vi ảnh hưởng cấp cơ sở",
        ),
        (other.full_name, f"Đồng tác giả của sáng kiến “{NAME}” (tỷ lệ đóng góp 30%), phạm vi ảnh hưởng cấp cơ sở"),
    ]
    register = register_paper(Initiative.objects.filter(year=2020), agency=world.agency, year=2020)
    assert [row[-1] for row in register.rows] == ["01/QĐ-STC, 01/12/2020"]  # type: ignore[index]


def test_an_achievement_is_used_once_for_a_title_even_after_a_correction(
    world: Any, actors: dict[str, Any], council: dict[str, Any]
) -> None:
    initiative = passed(actors, council)
    member, run = actors["member"], actors["secretary"]
    before = [row.name for row in unused_for(member.person_id, "CSTDCS", 2020)]
    recognise(actor=actors["director"], initiatives=[initiative], scope=Scope.BASE, on=DECIDED)
    assert [row.name for row in unused_for(member.person_id, "CSTDCS", 2020)] == [NAME, *before]
    assert NAME not in [row.name for row in unused_for(member.person_id, "CSTDT", 2020)]
    assert NAME not in [row.name for row in unused_for(member.person_id, "CSTDCS", 2021)]
    fact = Achievement.objects.current().get(name=NAME)
    given: dict[str, Any] = {"title": "CSTDCS", "year": 2020, "used_for": "decisions.line:1"}
    refused(Refused, lambda: use_achievement(actor=member, achievement=fact, **given))
    use = use_achievement(actor=run, achievement=fact, **given)
    assert use is not None
    assert (use.title, use.year) == ("CSTDCS", 2020)
    refused(CannotDo, lambda: use_achievement(actor=run, achievement=fact, **given), "cơ sở năm 2020")
    corrected = supersede_fact(actor=run, fact=fact, because="Sửa số quyết định", decision="06/QĐ-STC")
    assert [row.name for row in unused_for(member.person_id, "CSTDCS", 2020)] == before
    later = given | {"year": 2021}
    refused(
        CannotDo, lambda: use_achievement(actor=run, achievement=corrected, **later), "Chiến sĩ thi đua cơ sở năm 2020"
    )
    refused(CannotDo, lambda: use_achievement(actor=run, achievement=fact, **later), "bản mới nhất")
    assert use_achievement(actor=run, achievement=corrected, **(given | {"title": "CSTDT"})) is None
    assert Use.objects.count() == 1


def test_the_page_shows_what_an_initiative_was_used_for(
    world: Any, actors: dict[str, Any], council: dict[str, Any], client: Client
) -> None:
    run, initiative = actors["secretary"], passed(actors, council)
    recognise(actor=actors["director"], initiatives=[initiative], scope=Scope.BASE, on=DECIDED)
    fact = Achievement.objects.current().get(name=NAME)
    page = reverse("initiatives:initiative", args=[initiative.pk])
    client.force_login(User.objects.get(pk=run.user_id))
    heading = "Đã dùng để xét danh hiệu"
    assert heading not in client.get(page).content.decode()
    use_achievement(actor=run, achievement=fact, title="CSTDCS", year=2020, used_for="decisions.line:1")
    named = supersede_fact(actor=run, fact=fact, because="Sửa tên", name="Tên sửa lại")
    (line,) = ledger_of(initiative)
    assert (line.author, line.title_name, line.release) == (actors["member"].name, "Chiến sĩ thi đua cơ sở", None)
    (release,) = release_uses(
        actor=run, used_for=["decisions.line:1"], released_for="decisions.decision:2", because="Hủy bỏ"
    )
    assert release_uses(actor=run, used_for=["decisions.line:1"], released_for="x", because="Lần nữa") == []
    use_achievement(actor=run, achievement=named, title="CSTDCS", year=2020, used_for="decisions.line:3")
    assert [(row.use.turn, row.release) for row in ledger_of(initiative)] == [(1, release), (2, None)]
    shown = client.get(page).content.decode()
    assert heading in shown
    assert [word in shown for word in ("được dùng lại", "Hủy bỏ", "đã dùng<")] == [True, True, True]
    refused(
        Refused,
        lambda: release_uses(actor=actors["member"], used_for=["decisions.line:3"], released_for="x", because="x"),
    )


def test_recognise_refuses_another_agencys_initiative(
    world: Any, actors: dict[str, Any], council: dict[str, Any]
) -> None:
    with scope(agency=world.other.pk):
        foreign = Initiative.objects.create(agency=world.other, year=2020, name="Ngoài", state="passed", drafted_by="x")
    own, director = passed(actors, council), actors["director"]
    refused(Refused, lambda: recognise(actor=director, initiatives=[own, foreign], scope=Scope.BASE, on=DECIDED))
    assert Initiative.objects.get(pk=own.pk).state == InitiativeState.PASSED
