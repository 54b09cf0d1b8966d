"""What an act may not reach: another agency's things, one's own correction, a run that stands, an ended unit."""

import datetime
import threading
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django_scopes import scope

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.accounts.actions import grant_role, open_account
from thidua.apps.accounts.models import User
from thidua.apps.accounts.queries import operator
from thidua.apps.accounts.states import Role
from thidua.apps.evaluations.actions import evaluate_year
from thidua.apps.evaluations.models import Run
from thidua.apps.policy import queries as policy_queries
from thidua.apps.policy.models import InstalledPack
from thidua.apps.policy.queries import packs_of
from thidua.apps.records.actions import AlreadyThere, supersede_fact, verify_fact
from thidua.apps.records.models import CompleteList, Petition, Rating
from thidua.apps.records.queries import facts_of_year
from thidua.apps.reports.queries.measure import Measure, decide
from thidua.apps.units.actions import add_unit, merge_unit
from thidua.apps.units.models import Person, Unit
from thidua.core.law import evaluate as evaluating
from thidua.core.law.errors import NoRule
from thidua.core.law.judge import judge
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve

LAST_DAY = datetime.date(2020, 12, 31)
PACKS = Path(__file__).resolve().parents[2] / "packs"


def people(**options: Any) -> dict[str, Any]:
    facts = facts_of_year(2020, agency_code="stc", cstdt_gap=3, min_months_retired=10, **options)
    return {str(row["person_id"]): row for row in facts.people}


def test_acts_refuse_things_of_another_agency(world: Any, actors: dict[str, Any]) -> None:
    rating, person, unit = Rating.objects.current()[0], Person.objects.all()[0], Unit.objects.all()[0]
    stranger = actors["other_agency"]
    for act in (
        lambda: verify_fact(actor=stranger, fact=rating),
        lambda: supersede_fact(actor=stranger, fact=rating, because="thử", grade="HTXS"),
        lambda: open_account(actor=operator(world.other), username="x", password="mot-mat-khau-rat-dai", person=person),
        lambda: grant_role(
            actor=operator(world.other),
            user=User.objects.get(username="nguoi-ngoai"),
            role=Role.HEAD,
            unit=unit,
            since=LAST_DAY,
        ),
    ):
        with pytest.raises(Refused):
            act()


def test_an_act_works_in_the_actors_agency_whatever_scope_surrounds_it(world: Any, actors: dict[str, Any]) -> None:
    with pytest.raises(NoRule):
        evaluate_year(actor=actors["other_agency"], year=2020, as_of=LAST_DAY)
    with scope(agency=world.other.pk):
        assert evaluate_year(actor=actors["secretary"], year=2020, as_of=LAST_DAY).agency_id == world.agency.pk


def test_who_corrected_a_fact_does_not_verify_it(world: Any, actors: dict[str, Any]) -> None:
    old = Rating.objects.current().filter(person__isnull=False)[0]
    new = supersede_fact(actor=actors["director"], fact=old, because="Sửa theo quyết định", grade="HTT")
    with pytest.raises(Refused):
        verify_fact(actor=actors["director"], fact=new)
    with pytest.raises(AlreadyThere):
        verify_fact(actor=actors["secretary"], fact=old)
    verify_fact(actor=actors["secretary"], fact=new)
    with pytest.raises(AlreadyThere):
        verify_fact(actor=actors["secretary"], fact=new)


@pytest.mark.parametrize("because", ["", "  ", "x" * 301])
def test_a_correction_needs_a_reason_of_sane_length(world: Any, actors: dict[str, Any], because: str) -> None:
    old = Rating.objects.current()[0]
    with pytest.raises(CannotDo, match="Phải nêu lý do"):
        supersede_fact(actor=actors["director"], fact=old, because=because, grade="HTT")
    old.refresh_from_db()
    assert old.is_current


@pytest.mark.parametrize("password", ["1", "password1234", "ngan"])
def test_a_weak_password_opens_no_account(world: Any, password: str) -> None:
    with pytest.raises(ValidationError):
        open_account(actor=operator(world.agency), username="yeu", password=password)
    assert not User.objects.filter(username="yeu").exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evaluations_run SET ruleset = 'x'",
        "UPDATE evaluations_findingrow SET outcome = 'met'",
        "DELETE FROM evaluations_findingrow",
        "UPDATE policy_installedpack SET files = '{}'",
        "DELETE FROM policy_activation",
    ],
)
def test_the_database_refuses_to_change_runs_and_packs(world: Any, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_pack_changed_behind_our_back_is_not_used(world: Any) -> None:
    files = {**InstalledPack.objects.get(name="vn.national").files}
    files["limits.yaml"] = files["limits.yaml"].replace("base: LDTT", "base: CSTDT")
    changed = InstalledPack.objects.create(
        name="vn.national", version="x", label="x", layer="nation", digest="0" * 64, files=files, installed_by="test"
    )
    with pytest.raises(NoRule, match="không còn khớp mã băm"):
        packs_of((changed.digest,))


def test_a_unit_that_ended_before_the_year_is_not_judged(world: Any, actors: dict[str, Any]) -> None:
    old = add_unit(agency=world.agency, code="CU", name="Phòng cũ", kind="phong", since=datetime.date(2010, 1, 1))
    merge_unit(
        actor="test", before=old, after=Unit.objects.get(code="VP"), kind="sap_nhap", on=datetime.date(2015, 6, 1)
    )
    run = evaluate_year(actor=actors["secretary"], year=2020, as_of=LAST_DAY)
    assert run.judged.filter(person__isnull=True).count() == 9


def test_a_case_cleared_in_the_next_year_holds_nobody_back(world: Any, actors: dict[str, Any]) -> None:
    petition = Petition.objects.current().get(person__code="TC043")
    assert people()["TC043"]["pending_case"] is True
    supersede_fact(
        actor=actors["secretary"], fact=petition, because="Kết luận", concluded_on=datetime.date(2021, 1, 10)
    )
    assert people()["TC043"]["pending_case"] is False


@pytest.mark.parametrize(("first_year", "seen"), [(2020, None), (2019, None), (2016, 1)])
def test_an_award_list_that_does_not_reach_back_leaves_the_streak_unknown(
    world: Any, first_year: int, seen: int | None
) -> None:
    CompleteList.objects.filter(kind="awards").update(first_year=first_year)
    assert people()["TC017"]["cstdcs_consecutive"] == seen


def test_decide_uses_both_ends_exactly() -> None:
    def span(least: int, most: int, whole: int | None) -> Measure:
        return Measure(least, most, whole, ())

    assert decide("=", Fraction(5), span(2, 4, None)) is False
    assert decide("=", Fraction(3), span(2, 4, None)) is None
    assert decide("=", Fraction(3), span(3, 3, None)) is True
    assert decide(">=", Fraction(50), span(0, 0, 0)) is None
    assert decide(">", Fraction(15), span(3, 3, 20)) is False
    assert decide("<", Fraction(15), span(2, 2, 20)) is True
    assert decide("none", None, span(0, 1, None)) is None
    assert decide("keep", None, span(1, 1, None)) is True


@pytest.mark.parametrize("kept", [evaluating.KEPT, 1])
def test_two_judgements_at_once_do_not_disturb_each_other(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However little is kept from one to the next, and whoever clears it."""
    monkeypatch.setattr(evaluating, "KEPT", kept)
    law = resolve([load_pack(read_directory(PACKS / "vn.national"))], as_of=LAST_DAY)
    rows = [{"person_id": str(n), "unit_id": "a", "year": 2020, "task_rating": "HT"} for n in range(50)]
    units = [{"unit_id": "a", "parent_id": None, "year": 2020}]
    expected = judge(law, people=rows, units=units)
    found: list[Any] = []
    threads = [
        threading.Thread(target=lambda: found.append(judge(law, people=rows, units=units)), daemon=True)
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert found == [expected] * 4


def test_no_run_is_left_by_a_refused_evaluation(world: Any, actors: dict[str, Any]) -> None:
    before = Run.objects.count()
    with pytest.raises(NoRule):
        evaluate_year(actor=actors["secretary"], year=2031, as_of=datetime.date(2031, 12, 31))
    assert Run.objects.count() == before


def test_more_packs_than_are_kept_are_read_all_the_same(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    digests = tuple(world.run.digests)
    assert len(digests) == 2
    monkeypatch.setattr(policy_queries, "PACKS_KEPT", 1)
    for _time in range(2):
        assert [pack.digest for pack in packs_of(digests)] == list(digests)
