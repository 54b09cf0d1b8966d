"""What the law's latest run finds against a line does not go out in silence."""

from typing import Any

import pytest
from apps.deciding import DAY, clean_people, drafted, passed

from thidua.apps.accounts.access import StillOpen
from thidua.apps.decisions.actions import override_problem, send_to_sign
from thidua.apps.decisions.models import Decision
from thidua.apps.decisions.queries import open_problems
from thidua.apps.decisions.states import DecisionState
from thidua.apps.nominations.models import Nomination
from thidua.apps.units.models import Person


def found(world: Any, title: str, outcome: str) -> Person:
    """Somebody of the agency still with that finding."""
    judged = world.run.judged.filter(findings__title=title, findings__outcome=outcome).values("person")
    return next(person for person in clean_people(62) if judged.filter(person=person.pk).exists())


def against(world: Any, outcome: str) -> Nomination:
    """The nomination, passed by the council, of somebody with that finding."""
    return passed(world, "CSTDCS", person=found(world, "CSTDCS", outcome))


def findings(decision: Decision) -> list[str]:
    return [problem for problem in open_problems(decision) if "lần xét gần nhất theo luật" in problem]


def test_a_line_against_the_latest_finding_waits_for_the_director(world: Any, actors: dict[str, Any]) -> None:
    row = against(world, "not_met")
    decision = drafted(world, actors["secretary"], [row])
    (problem,) = findings(decision)
    assert problem == (
        f"{row.person} – Chiến sĩ thi đua cơ sở: lần xét gần nhất theo luật cho kết quả “Chưa đủ điều kiện”. "
        "Sửa dữ kiện sai rồi xét lại, hoặc bỏ dòng này khỏi dự thảo."
    )
    with pytest.raises(StillOpen):
        send_to_sign(actor=actors["secretary"], decision=decision, on=DAY)
    decision.refresh_from_db()
    assert (decision.state, decision.number) == (DecisionState.DRAFTED, None)
    given = {"because": "Hội đồng đã cân nhắc", "article": "QC-SO Điều 6"}
    override_problem(actor=actors["director"], decision=decision, problem=problem, **given)
    decision.refresh_from_db()
    assert findings(decision) == []


def test_who_was_put_forward_against_the_finding_by_name_is_no_problem_again(
    world: Any, actors: dict[str, Any]
) -> None:
    row = against(world, "not_met")
    row.override_by, row.override_because, row.override_article = "user:1", "Có thành tích đột xuất", "Điều 10"
    row.save()
    assert findings(drafted(world, actors["secretary"], [row])) == []


def test_what_is_merely_unknown_or_met_is_no_problem(world: Any, actors: dict[str, Any]) -> None:
    rows = [passed(world, "LDTT", person=found(world, "LDTT", outcome)) for outcome in ("met", "unknown")]
    assert findings(drafted(world, actors["secretary"], rows)) == []
