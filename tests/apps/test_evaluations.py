"""The sample department under the law of 2020: what its README says, reached through the site's own actions."""

import datetime
from collections import Counter
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.access import Refused
from thidua.apps.accounts.models import User
from thidua.apps.evaluations.actions import evaluate_year
from thidua.apps.evaluations.models import FindingRow, Run
from thidua.apps.evaluations.queries import explain_judged, find_person, judged_people, latest_run
from thidua.apps.records.actions import supersede_fact
from thidua.apps.records.models import Petition
from thidua.apps.reports.queries import campaign_scoreboard
from thidua.apps.units.models import Person
from thidua.core.law.errors import NoRule

LAST_DAY = datetime.date(2020, 12, 31)


def outcomes(run: Run, title: str) -> Counter[str]:
    return Counter(FindingRow.objects.filter(judged__run=run, title=title).values_list("outcome", flat=True))


def holders(run: Run, title: str, outcome: str) -> list[str]:
    rows = FindingRow.objects.filter(judged__run=run, title=title, outcome=outcome)
    return sorted(rows.values_list("judged__person__code", flat=True))


def test_outcomes_are_those_of_the_sample_readme(world: Any) -> None:
    assert outcomes(world.run, "LDTT") == {"met": 57, "not_met": 1, "not_reviewed": 2, "deferred": 1, "unknown": 1}
    expected = [
        "TC007",
        "TC016",
        "TC017",
        "TC019",
        "TC025",
        "TC027",
        "TC030",
        "TC032",
        "TC033",
        "TC035",
        "TC041",
        "TC058",
    ]
    assert holders(world.run, "CSTDCS", "met") == expected
    assert holders(world.run, "CSTDT", "met") == ["TC016", "TC033"]
    assert holders(world.run, "CSTDTQ", "met") == []
    assert outcomes(world.run, "TTLDTT") == {"met": 8, "not_met": 1}
    # 12 candidates for 8 places: which collectives keep a fighter is the council's choice, so nobody knows yet.
    assert outcomes(world.run, "TTLDXS") == {"not_met": 6, "unknown": 3}
    quota = world.run.quotas.get()
    assert (quota.base_count, quota.places, quota.most_places, len(quota.ranked)) == (57, 8, 8, 12)


def test_the_scoreboard_says_exact_figures_and_states(world: Any) -> None:
    board = campaign_scoreboard(world.campaign)
    assert [(row.target.clause, row.figure, row.state.value) for row in board.standings] == [
        ("IV.1", "60/60", "reached"),
        ("IV.2", "8/9", "missed"),
        ("IV.2", "0–3 / 9", "missed"),
        ("IV.2", "61–62 / 62", "unknown"),
        ("IV.2", "57–59 / 62", "unknown"),
        ("IV.2", "8/62", "missed"),
        ("IV.3", "1", "reached"),
        ("IV.3", "0–1", "unknown"),
        ("IV.3", "1/1", "reached"),
        ("IV.3", "2/2", "reached"),
        ("IV.4", "0", "reached"),
        ("IV.4", "0", "reached"),
        ("IV.4", "1", "missed"),
        *[("IV.5", "0", "reached")] * 6,
        ("IV.5", "–", "unknown"),
    ]


def test_figures_equal_the_lines_they_open_to(world: Any) -> None:
    for row in campaign_scoreboard(world.campaign).standings:
        counted = Counter(line.counted for line in row.measure.lines)
        if row.measure.whole is not None:
            assert len(row.measure.lines) == row.measure.whole
            limited = row.target.title_code == "CSTDCS"
            assert row.measure.least == (8 if limited else counted["in"])
            assert row.measure.most == (8 if limited else counted["in"] + counted["maybe"])


def test_a_run_is_pinned_and_a_new_one_stands_beside_it(world: Any, actors: dict[str, Any]) -> None:
    petition = Petition.objects.current().get(person__code="TC043")
    supersede_fact(
        actor=actors["secretary"], fact=petition, because="Kết luận số 5", concluded_on=datetime.date(2020, 12, 20)
    )
    run = evaluate_year(actor=actors["secretary"], year=2020, as_of=LAST_DAY)
    assert latest_run(2020) == run
    assert holders(run, "LDTT", "deferred") == []
    assert holders(world.run, "LDTT", "deferred") == ["TC043"]
    assert run.snapshot != world.run.snapshot
    assert run.ruleset == world.run.ruleset


def test_the_same_facts_and_law_give_the_same_snapshot(world: Any, actors: dict[str, Any]) -> None:
    again = evaluate_year(actor=actors["director"], year=2020, as_of=LAST_DAY)
    assert (again.snapshot, again.ruleset) == (world.run.snapshot, world.run.ruleset)


def test_an_explanation_says_why_not_and_what_next(world: Any) -> None:
    person = Person.objects.get(code="TC017")
    judged = find_person(world.run, person.pk)
    assert judged is not None
    titles, forms = explain_judged(world.run, judged).parts
    case = {item.rule.title: item for item in titles}
    assert [item.finding.outcome for item in case.values()] == ["met", "met", "not_met", "not_met"]
    assert [item.rule.title for item in forms] == ["GK", "BK_TINH", "BK_TTG", "HCLD_BA", "HCLD_NHI", "HCLD_NHAT"]
    steps = [step.sentence for step in case["CSTDT"].next]
    assert steps == [
        "Cần: số năm liền trước liên tục đạt Chiến sĩ thi đua cơ sở từ 2 trở lên. "
        "Sớm nhất là năm 2021, nếu từ năm nay năm nào cũng đạt."
    ]


def test_every_leaf_names_its_article_and_grade(world: Any) -> None:
    def leaves(node: Any) -> Any:
        yield from [node] if node.kind == "leaf" else []
        for child in node.children:
            yield from leaves(child)

    for judged in judged_people(world.run)[:5]:
        for item in explain_judged(world.run, judged).explanations:
            for leaf in leaves(item.tree):
                assert leaf.cite
                assert leaf.unchecked


def test_only_those_who_run_emulation_evaluate(world: Any, actors: dict[str, Any]) -> None:
    runs = Run.objects.count()
    for role in ("member", "head"):
        with pytest.raises(Refused):
            evaluate_year(actor=actors[role], year=2020, as_of=LAST_DAY)
    assert Run.objects.count() == runs


def test_a_day_without_activated_law_is_refused(world: Any, actors: dict[str, Any]) -> None:
    with pytest.raises(NoRule, match="Chưa có quy định trong bộ dữ liệu"):
        evaluate_year(actor=actors["secretary"], year=2019, as_of=datetime.date(2019, 12, 31))


def test_the_secretary_has_the_year_judged_again_on_its_page(world: Any, client: Client) -> None:
    client.force_login(User.objects.get(username="thuong-truc"))
    place = reverse("evaluations:judge", args=[2020])
    before = Run.objects.count()
    wrong = client.post(place, {"as_of": "31/12/1990"})
    assert (wrong.status_code, Run.objects.count()) == (200, before)
    assert "chưa chọn bộ luật cho ngày 31/12/1990" in wrong.content.decode()
    assert client.post(place, {"as_of": "31/12/2020"}).status_code == 302
    assert Run.objects.count() == before + 1


def test_a_member_cannot_have_the_year_judged(world: Any, client: Client) -> None:
    client.force_login(User.objects.get(username="can-bo"))
    before = Run.objects.count()
    answer = client.post(reverse("evaluations:judge", args=[2020]), {"as_of": "31/12/2020"})
    assert (answer.status_code, Run.objects.count()) == (403, before)


@pytest.mark.parametrize(
    ("user", "of", "opens"),
    [
        ("can-bo", "person", True),
        ("thuong-truc", "person", True),
        ("thuong-truc", "unit", True),
        ("can-bo", "unit", False),
    ],
)
def test_every_fact_of_a_finding_opens_to_the_records_for_who_may_read_them(
    world: Any, actors: dict[str, Any], client: Client, user: str, of: str, opens: bool
) -> None:
    own = actors["member"]
    key = own.person_id if of == "person" else own.unit_id
    client.force_login(User.objects.get(username=user))
    page = client.get(reverse(f"evaluations:{of}", args=[2020, key])).content.decode()
    place = reverse(f"records:{of}", args=[2020, key])
    shown = page.count("hiện: <b>")
    assert shown > 0
    assert page.count(f'hiện: <b><a href="{place}">') == (shown if opens else 0)
    assert client.get(place).status_code == (200 if opens else 403)


def test_every_finding_of_the_table_opens_to_its_reasons(world: Any, client: Client) -> None:
    client.force_login(User.objects.get(username="thuong-truc"))
    page = client.get(reverse("evaluations:people", args=[2020])).content.decode()
    person = Person.objects.get(code="TC017")
    for title in ("LDTT", "CSTDCS", "CSTDT", "CSTDTQ"):
        assert f'href="{reverse("evaluations:person", args=[2020, person.pk])}#{title}">' in page
    reasons = client.get(reverse("evaluations:person", args=[2020, person.pk])).content.decode()
    assert 'id="CSTDTQ"' in reasons


def test_dossiers_received_before_the_law_changed_are_judged_by_the_former_law(world: Any, client: Client) -> None:
    client.force_login(User.objects.get(username="thuong-truc"))
    place = reverse("evaluations:judge", args=[2026])
    asked = client.get(place).content.decode()
    assert "Hồ sơ nhận trước ngày 01/10/2026 được xét theo luật cũ" in asked
    assert client.post(place, {"as_of": "31/12/2026", "received_on": "30/09/2026"}).status_code == 302
    former = latest_run(2026)
    assert client.post(place, {"as_of": "31/12/2026", "received_on": "01/10/2026"}).status_code == 302
    newer = latest_run(2026)
    assert former is not None
    assert newer is not None
    assert (former.as_of, newer.as_of) == (datetime.date(2026, 9, 30), datetime.date(2026, 12, 31))
    assert former.digests == newer.digests
    assert "received_on" not in client.get(reverse("evaluations:judge", args=[2020])).content.decode()
