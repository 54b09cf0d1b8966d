"""The year-end report says of an annulment what its decision says."""

from typing import Any

from apps.deciding import LATER, drafted, seven, signed

from thidua.apps.decisions.actions import draft_annulment
from thidua.apps.reports.queries import year_end


def test_what_is_recovered_is_what_the_annulment_takes_back(world: Any, actors: dict[str, Any]) -> None:
    by = actors["secretary"]
    first = signed(world, by, drafted(world, by, seven(world)))
    annulment = draft_annulment(
        actor=by,
        lines=[first.lines.get(title="CSTDCS")],
        dated=LATER,
        because="Kê khai gian dối thành tích",
        article="Luật Thi đua, khen thưởng, Điều 96",
    )
    signed(world, by, annulment, on=LATER)
    report = year_end(world.campaign)
    taken_back = sum(line.amount for line in annulment.lines.all())
    assert (report.recovered, taken_back) == (1_040_000, 1_490_000 - 450_000)
    assert [row.shown for row in report.decisions] == ["4.190.000", "−1.040.000"]
