"""Facts that no other record tells: every one that a shipped rule asks for can be confirmed, and is then judged by."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.accounts.models import User
from thidua.apps.audit.models import Entry
from thidua.apps.evaluations.actions import evaluate_year
from thidua.apps.evaluations.queries import explain_judged, facts_under, find_unit
from thidua.apps.policy.queries import ruleset_on
from thidua.apps.records.actions import (
    AlreadyThere,
    object_to_fact,
    supersede_fact,
    uphold_objection,
    verify_fact,
    write_fact,
)
from thidua.apps.records.models import Award, CompleteList, Confirmation, Rating
from thidua.apps.records.queries import address_of, facts_of_year
from thidua.apps.records.queries.confirmed import TOLD, facts_to_confirm, run_of_years
from thidua.apps.units.models import Person, Unit
from thidua.core.law.explain import Node
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Fact, Ruleset
from thidua.core.law.walk import leaves

ROOT = Path(__file__).resolve().parents[2]
YEAR_END = datetime.date(2020, 12, 31)
MOST_QUERIES = 15


def confirm(actor: Any, criterion: str, value: object, **whose: Any) -> Confirmation:
    given = {"paper": "Thông báo số 7/TB-CKTĐ", "source": "Hồ sơ của Hội đồng", "year": 2020} | whose
    return write_fact(actor=actor, model=Confirmation, criterion=criterion, value=value, **given)


def unit(code: str = "QLNS") -> Unit:
    return Unit.objects.get(code=code)


def person(code: str = "TC017") -> Person:
    return Person.objects.get(code=code)


def rows(world: Any) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    facts = facts_under(ruleset_on(YEAR_END), 2020, agency=world.agency)
    people = {str(row["person_id"]): dict(row) for row in facts.people}
    return people, {str(row["unit_id"]): dict(row) for row in facts.units}


def some_value(fact: Fact) -> object:
    return True if fact.kind == "bool" else 6 if fact.kind == "count" else fact.words[-1]


def test_what_is_told_is_what_the_records_make(world: Any) -> None:
    people, units = rows(world)
    made = {"person": set(people["TC017"]), "unit": set(units["QLNS"])}
    runs = {"person": {"htxs_run"}, "unit": {"htxs_run", "ttldxs_run"}}
    judged = {"person": set(), "unit": {"ht_or_better", "ldtt_count", "cstdcs_count"}}
    for kind in ("person", "unit"):
        own = {name for name in made[kind] if "_over_" not in name}
        assert (own | judged[kind]) - runs[kind] == TOLD[kind]


def test_every_fact_that_the_law_asks_for_can_be_recorded_and_read(world: Any, actors: dict[str, Any]) -> None:
    asked = facts_to_confirm(2020)
    assert len(asked) > 40
    for fact in asked:
        whose = {"person": person()} if fact.of == "person" else {"unit": unit()}
        verify_fact(actor=actors["director"], fact=confirm(actors["secretary"], fact.name, some_value(fact), **whose))
    people, units = rows(world)
    given = {("person", name): value for name, value in people["TC017"].items()}
    given |= {("unit", name): value for name, value in units["QLNS"].items()}
    assert {(fact.of, fact.name): given[fact.of, fact.name] for fact in asked} == {
        (fact.of, fact.name): some_value(fact) for fact in asked
    }


@pytest.mark.parametrize("folder", ["packs/vn.example-department", "sample/packs/vn.example-commune"])
def test_no_shipped_rule_asks_for_a_fact_that_no_record_can_hold(folder: str) -> None:
    national = [load_pack(read_directory(ROOT / "packs" / "vn.national"))]
    if "commune" in folder:
        national.append(load_pack(read_directory(ROOT / "packs" / "vn.example-province")))
    packs = [*national, load_pack(read_directory(ROOT / folder))]
    days = {rule.force.start for pack in packs for rule in (*pack.rules, *pack.tightens)}
    kinds = {(fact.of, fact.name, fact.kind) for day in days for fact in _asked(resolve(packs, as_of=day))}
    untold = {(of, name, kind) for of, name, kind in kinds if name not in TOLD[of]}
    assert untold
    assert {kind for _of, _name, kind in untold} <= {"bool", "count", "scale", "choice"}


def _asked(law: Ruleset) -> list[Fact]:
    tests = [(rule.kind, leaf) for rule in law.rules.values() for leaf in (*leaves(rule.require), *rule.exclude)]
    return [law.facts[f"{kind}.{leaf.fact}"] for kind, leaf in tests]


def test_a_confirmed_flag_is_met_and_the_tree_names_the_paper(world: Any, actors: dict[str, Any]) -> None:
    run = evaluate_year(actor=actors["secretary"], year=2020, as_of=YEAR_END)
    judged = find_unit(run, unit().pk)
    assert judged is not None
    assert judged.findings.get(title="CO_TINH").outcome == "unknown"
    for criterion in ("targets_exceeded", "new_model", "thrift", "leads_bloc"):
        confirm(actors["secretary"], criterion, True, unit=unit())
    run = evaluate_year(actor=actors["secretary"], year=2020, as_of=YEAR_END)
    judged = find_unit(run, unit().pk)
    assert judged is not None
    told = next(item for item in explain_judged(run, judged).explanations if item.rule.title == "CO_TINH")
    assert told.finding.outcome == "met"
    sources = {node.fact: node.source for node in _leaves(told.tree)}
    assert sources["leads_bloc"] == "Thông báo số 7/TB-CKTĐ; Hồ sơ của Hội đồng"


def _leaves(node: Node) -> list[Node]:
    return [node] if not node.children else [leaf for child in node.children for leaf in _leaves(child)]


def test_a_confirmation_keeps_the_words_of_the_packs(world: Any, actors: dict[str, Any]) -> None:
    fact = confirm(actors["secretary"], "achievement_scope", "linh_vuc", person=person())
    assert (fact.label, fact.said) == (
        "Phạm vi ảnh hưởng, nêu gương của thành tích",
        "Trong một lĩnh vực của bộ, tỉnh",
    )
    with pytest.raises(AlreadyThere):
        confirm(actors["secretary"], "achievement_scope", "tinh", person=person())
    new = supersede_fact(actor=actors["secretary"], fact=fact, because="QĐ 9 ghi toàn tỉnh", value="tinh")
    assert (new.said, new.verified_by, new.supersedes_id) == ("Toàn tỉnh, toàn ngành", "", fact.pk)
    assert rows(world)[0]["TC017"]["achievement_scope"] == "tinh"


@pytest.mark.parametrize(
    ("criterion", "value", "whose", "said"),
    [
        ("task_rating", "HTXS", "person", "không hỏi nội dung này"),
        ("leads_bloc", True, "person", "không hỏi nội dung này"),
        ("khong_co_gi", True, "unit", "không hỏi nội dung này"),
        ("leads_bloc", "có", "unit", "chưa hợp với nội dung"),
        ("age_years", -1, "unit", "chưa hợp với nội dung"),
        ("age_years", True, "unit", "chưa hợp với nội dung"),
        ("achievement_scope", "rong", "unit", "chưa hợp với nội dung"),
    ],
)
def test_what_cannot_be_confirmed_is_refused_and_nothing_is_written(
    world: Any, actors: dict[str, Any], criterion: str, value: object, whose: str, said: str
) -> None:
    before = Entry.objects.count()
    about = {"person": person()} if whose == "person" else {"unit": unit()}
    with pytest.raises(CannotDo, match=said):
        confirm(actors["secretary"], criterion, value, **about)
    assert (Confirmation.objects.count(), Entry.objects.count()) == (0, before)


def test_a_head_confirms_nothing_and_nobody_verifies_the_own(world: Any, actors: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        confirm(actors["head"], "thrift", True, unit=unit("HCSN"))
    fact = confirm(actors["secretary"], "thrift", True, unit=unit("HCSN"))
    with pytest.raises(Refused):
        verify_fact(actor=actors["secretary"], fact=fact)
    verify_fact(actor=actors["director"], fact=fact)
    fact.refresh_from_db()
    assert fact.verified_by == actors["director"].key


def test_an_objection_to_a_confirmation_is_upheld(world: Any, actors: dict[str, Any]) -> None:
    fact = confirm(actors["secretary"], "exemplary", False, person=person())
    raised = object_to_fact(actor=actors["member"], fact=fact, reason="Chi bộ đã kết luận khác", on=YEAR_END)
    new = uphold_objection(actor=actors["secretary"], objection=raised, answer="Đúng", on=YEAR_END, value=True)
    assert isinstance(new, Confirmation)
    assert (new.value, new.said, raised.fact) == (True, "Có", address_of(fact))
    assert rows(world)[0]["TC017"]["exemplary"] is True


def test_without_the_law_confirmations_are_not_read(world: Any, actors: dict[str, Any]) -> None:
    confirm(actors["secretary"], "thrift", True, unit=unit())
    facts = facts_of_year(2020, agency_code="stc", cstdt_gap=3)
    assert "thrift" not in next(row for row in facts.units if row["unit_id"] == "QLNS")


@pytest.mark.parametrize(
    ("told", "enough", "run"),
    [
        ({2020: True, 2019: True, 2018: False}, None, 2),
        ({2020: False, 2019: True}, 2, 0),
        ({2020: True, 2019: True}, 2, 2),
        ({2020: True, 2019: True}, 3, None),
        ({2020: True, 2019: True}, None, None),
        ({2019: True, 2018: True}, 2, None),
    ],
)
def test_a_run_is_known_once_it_breaks_or_is_enough(told: dict[int, bool], enough: int | None, run: int | None) -> None:
    assert run_of_years(told.get, last=2020, enough=enough) == run


def test_ratings_of_earlier_years_make_the_run(world: Any, actors: dict[str, Any]) -> None:
    assert rows(world)[0]["TC017"]["htxs_run"] == 1
    Rating.objects.filter(person=person(), year__lt=2020).delete()
    assert rows(world)[0]["TC017"]["htxs_run"] is None
    write_fact(actor=actors["secretary"], model=Rating, source="Sổ", person=person(), year=2019, grade="HTXS")
    assert rows(world)[0]["TC017"]["htxs_run"] == 2
    write_fact(actor=actors["secretary"], model=Rating, source="Sổ", person=person(), year=2018, grade="HT")
    people, _units = rows(world)
    assert (people["TC017"]["htxs_run"], people["TC051"]["htxs_run"]) == (2, 0)


def test_a_recruit_has_no_years_before_recruitment(world: Any, actors: dict[str, Any]) -> None:
    Rating.objects.filter(person=person(), year__lt=2020).delete()
    Person.objects.filter(code="TC017").update(recruited_on=datetime.date(2020, 2, 1))
    assert rows(world)[0]["TC017"]["htxs_run"] == 1


def test_excellent_years_of_a_collective_are_counted_from_awards(world: Any, actors: dict[str, Any]) -> None:
    assert rows(world)[1]["QLNS"]["ttldxs_run"] is None
    Award.objects.filter(unit__isnull=False).delete()
    CompleteList.objects.create(agency=world.agency, kind="awards", first_year=2017, last_year=2020, source="Sổ")
    assert rows(world)[1]["QLNS"]["ttldxs_run"] == 0
    for year in (2019, 2020):
        write_fact(actor=actors["secretary"], model=Award, source="QĐ", unit=unit(), year=year, title="TTLDXS")
    assert rows(world)[1]["QLNS"]["ttldxs_run"] == 2


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(User.objects.get(username="thuong-truc"))
    return client


def test_the_form_writes_a_word_a_number_and_a_yes(world: Any, secretary: Client) -> None:
    place = reverse("records:add", args=[2020, "xac-nhan"])
    page = secretary.get(place).content.decode()
    assert "Về cá nhân" in page
    assert "Dẫn đầu cụm, khối thi đua của bộ, tỉnh" in page
    base = {"source": "Biên bản họp Hội đồng", "paper": "12/TB-HĐ", "dated": "20/12/2020"}
    about = {"unit": str(unit().pk)}
    for typed in (
        {"criterion": "unit.leads_bloc", "value": "true"} | about,
        {"criterion": "unit.age_years", "amount": "25"} | about,
        {"criterion": "person.achievement_scope", "value": "tinh", "person": "TC017"},
    ):
        assert secretary.post(place, base | typed).status_code == 302
    found = Confirmation.objects.current().order_by("pk")
    assert [(row.criterion, row.value, row.said) for row in found] == [
        ("leads_bloc", True, "Có"),
        ("age_years", 25, "25"),
        ("achievement_scope", "tinh", "Toàn tỉnh, toàn ngành"),
    ]
    page = secretary.get(reverse("records:unit", args=[2020, unit().pk])).content.decode()
    assert "Năm 2020: Số năm từ khi thành lập – 25 (văn bản số 12/TB-HĐ ngày 20/12/2020)" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"criterion": "unit.leads_bloc", "value": "true", "person": "TC017"}, "Nội dung này là về một đơn vị"),
        ({"criterion": "person.exemplary", "value": "true", "unit": "QLNS"}, "Nội dung này là về một cá nhân"),
        ({"criterion": "unit.leads_bloc", "unit": "QLNS"}, "chọn: Có hoặc Không"),
        ({"criterion": "unit.leads_bloc", "value": "tinh", "unit": "QLNS"}, "chọn: Có hoặc Không"),
        ({"criterion": "unit.leads_bloc", "value": "true", "amount": "3", "unit": "QLNS"}, "không ghi số"),
        ({"criterion": "unit.achievement_scope", "value": "true", "unit": "QLNS"}, "chọn: Không; Trong cơ quan"),
        ({"criterion": "unit.age_years", "value": "true", "unit": "QLNS"}, "Nội dung này là một số"),
        ({"criterion": "unit.age_years", "amount": "-1", "unit": "QLNS"}, "Hoặc số"),
        ({"value": "true", "unit": "QLNS"}, "Nội dung nhận xét"),
        ({"criterion": "unit.leads_bloc", "value": "true"}, "Chọn một cá nhân hoặc một đơn vị"),
    ],
)
def test_a_wrong_choice_in_the_form_is_said(world: Any, secretary: Client, typed: dict[str, str], said: str) -> None:
    if "unit" in typed:
        typed = typed | {"unit": str(unit(typed["unit"]).pk)}
    page = secretary.post(reverse("records:add", args=[2020, "xac-nhan"]), typed | {"source": "Biên bản"})
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not Confirmation.objects.exists()


def test_the_form_corrects_a_word_and_a_number(world: Any, actors: dict[str, Any], secretary: Client) -> None:
    word = confirm(actors["director"], "achievement_scope", "linh_vuc", unit=unit())
    number = confirm(actors["director"], "age_years", 9, unit=unit())
    place = reverse("records:correct", args=[address_of(word)])
    page = secretary.get(place).content.decode()
    assert '<option value="linh_vuc" selected>' in page
    assert "Có hoặc không" not in page
    assert secretary.post(place, {"value": "tinh", "because": "QĐ 9"}).status_code == 302
    place = reverse("records:correct", args=[address_of(number)])
    assert 'value="9"' in secretary.get(place).content.decode()
    assert secretary.post(place, {"amount": "10", "because": "QĐ 9"}).status_code == 302
    assert [row.value for row in Confirmation.objects.current().order_by("pk")] == ["tinh", 10]


def test_a_year_without_chosen_packs_says_so(world: Any, secretary: Client) -> None:
    page = secretary.get(reverse("records:add", args=[1999, "xac-nhan"])).content.decode()
    assert "Cơ quan chưa chọn bộ luật cho ngày cuối năm 1999" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_stay_light(
    world: Any, actors: dict[str, Any], secretary: Client, django_assert_max_num_queries: Any, count: int
) -> None:
    for code in ("QLNS", "HCSN", "TCDT")[:count]:
        confirm(actors["director"], "thrift", True, unit=unit(code))
    for route, args in (("kind", [2020, "xac-nhan"]), ("add", [2020, "xac-nhan"]), ("unit", [2020, unit().pk])):
        with django_assert_max_num_queries(MOST_QUERIES):
            page = secretary.get(reverse(f"records:{route}", args=args))
        assert page.status_code == 200
        assert len(page.content) < 200 * 1024
