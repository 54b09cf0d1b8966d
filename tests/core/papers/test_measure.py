"""Words fit where they are put: never wider than measured, broken by rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.papers.form import Column, Group, Total
from thidua.core.papers.measure import (
    CELL_INSET_MM,
    SMALLEST_PT,
    ZERO_WIDTH_SPACE,
    Fitted,
    breakable,
    fit,
    line_height_mm,
    table_layout,
    width_mm,
)

WORDS = st.lists(st.text("aăâbcdđeghiklmnoôơpqrstuưvxyẤỬWM-/0123456789", min_size=1, max_size=30), max_size=12)


def test_a_short_text_keeps_one_line_and_a_long_one_breaks_evenly() -> None:
    sizes = (30, 24, 20, 16)
    assert fit("Lê Thị Hoa", width=200, height=24, sizes=sizes) == Fitted(30, ("Lê Thị Hoa",))
    assert fit("một hai ba bốn", width=30, height=24, sizes=sizes) == Fitted(24, ("một hai", "ba bốn"))
    assert fit("", width=30, height=24, sizes=sizes) == Fitted(30, ("",))


@given(WORDS)
def test_a_fitted_text_keeps_its_words_and_its_box(words: list[str]) -> None:
    fitted = fit(" ".join(words), width=60, height=40, sizes=(20, 16, 12, 8))
    assert "".join(fitted.lines).replace(" ", "") == "".join(words)
    assert max(width_mm(line, fitted.size) for line in fitted.lines) <= 60
    assert fitted.size == SMALLEST_PT or len(fitted.lines) * line_height_mm(fitted.size) <= 40


@given(st.lists(st.tuples(WORDS, WORDS), max_size=4))
def test_no_word_is_wider_than_its_column(rows: list[tuple[list[str], list[str]]]) -> None:
    columns = (Column("STT", 1), Column("Họ và tên", 9))
    cells = [(" ".join(left), " ".join(right)) for left, right in rows]
    layout = table_layout(columns, [Group("Nhóm"), *cells, Total("Cộng", ("1",))], width=165)
    assert sum(layout.widths) == pytest.approx(165)
    for row in cells:
        for cell, width in zip(row, layout.widths, strict=True):
            room = width - 2 * CELL_INSET_MM
            shown = breakable(cell, width=room, size=layout.size)
            pieces = shown.replace(ZERO_WIDTH_SPACE, " ").split()
            assert shown.replace(ZERO_WIDTH_SPACE, "") == cell
            assert all(width_mm(piece, layout.size) <= room for piece in pieces if len(piece) > 1)


def test_columns_share_the_width_unless_a_word_needs_more() -> None:
    columns = (Column("A", 1), Column("B", 3))
    assert table_layout(columns, [("x", "y")], width=160).widths == (40, 120)
    wide = table_layout((Column("STT", 1), Column("B", 99)), [], width=160).widths
    assert wide[0] == pytest.approx(width_mm("STT", 12) + 2 * CELL_INSET_MM)


def test_type_shrinks_before_words_are_broken() -> None:
    columns = tuple(Column("Nghiêng", 1) for _ in range(10))
    assert table_layout(columns, [], width=165).size == 10
