"""What an annulment changes beside the awards: the payment list, the ledger of initiatives, who may be awarded again."""

from typing import Any

from apps.deciding import LATER, drafted, seven, signed

from thidua.apps.decisions.actions import draft_annulment
from thidua.apps.decisions.models import Decision, Line
from thidua.apps.decisions.queries import payment_paper, payment_values
from thidua.core.papers.form import Group, Total

LAW = "Luật Thi đua, khen thưởng, Điều 96"


def annulled(world: Any, actors: dict[str, Any], lines: list[Line]) -> Decision:
    """The signed annulment of lines."""
    draft = draft_annulment(
        actor=actors["secretary"], lines=lines, dated=LATER, because="Kê khai gian dối thành tích", article=LAW
    )
    return signed(world, actors["secretary"], draft, on=LATER)


def paid(decision: Decision) -> dict[tuple[str, str], tuple[str, str]]:
    """Money and remark on the payment list, by name and title."""
    rows = [row for row in payment_paper(decision).rows if not isinstance(row, Group | Total)]
    return {(row[1], row[2]): (row[5], row[7]) for row in rows}


def test_the_payment_list_pays_no_annulled_line(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)
    first = signed(world, actors["secretary"], drafted(world, actors["secretary"], rows))
    assert payment_paper(first).closing == (
        "Tổng số tiền: 4.190.000 đồng. Bằng chữ: Bốn triệu một trăm chín mươi nghìn đồng.",
    )
    fighter = first.lines.get(title="CSTDCS")
    other = first.lines.get(title="LDTT", person=rows[1].person)
    annulment = annulled(world, actors, [fighter, other])
    assert annulment.number_text == "01/QĐ-STC"
    money = paid(first)
    gone = "đã hủy bỏ bởi Quyết định số 01/QĐ-STC"
    assert money[str(other.person), "Lao động tiên tiến"] == (
        "0",
        f"{gone}; nếu đã chi 450.000 đồng thì thu hồi 450.000 đồng",
    )
    # who loses the higher title keeps the lower one, and its money
    assert money[str(fighter.person), "Chiến sĩ thi đua cơ sở"] == (
        "450.000",
        f"{gone}; chỉ chi 450.000 đồng cho danh hiệu còn giữ; nếu đã chi 1.490.000 đồng thì thu hồi 1.040.000 đồng",
    )
    paper = payment_paper(first)
    assert [row.cells for row in paper.rows if isinstance(row, Total)] == [("2.700.000", "", "")]
    assert paper.closing == (
        "Tổng số tiền: 2.700.000 đồng. Bằng chữ: Hai triệu bảy trăm nghìn đồng.",
        "Không chi phần đã hủy bỏ bởi Quyết định số 01/QĐ-STC; nếu đã chi thì thu hồi 1.490.000 đồng "
        "(bằng chữ: Một triệu bốn trăm chín mươi nghìn đồng).",
    )
    values = payment_values(first)
    assert (values["tong_tien"], values["tong_tien_bang_chu"]) == ("2.700.000", "Hai triệu bảy trăm nghìn đồng")
    assert payment_paper(annulment).closing == (
        "Tổng số tiền: 1.490.000 đồng. Bằng chữ: Một triệu bốn trăm chín mươi nghìn đồng.",
    )
