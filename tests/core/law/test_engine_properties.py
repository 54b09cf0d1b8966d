"""Who else stands in the file changes nobody's findings: order of rows and columns, company, and repetition."""

import datetime
import random
from typing import Any

import pyarrow as pa
import pytest
from core.law import careers

from thidua.core.law.evaluate import evaluate, in_memory
from thidua.core.law.facts import fact_table
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Ruleset

UNITS = careers.make_units(30, seed=11, year=2020)
PEOPLE = careers.make_people(300, seed=12, units=UNITS, year=2020)


@pytest.fixture(scope="module", params=["2020-12-31", "2024-12-31"])
def law(request: pytest.FixtureRequest) -> Ruleset:
    return resolve([load_pack(read_directory(careers.NATIONAL_PACK))], as_of=datetime.date.fromisoformat(request.param))


def judged(law: Ruleset, people: pa.Table, units: pa.Table) -> pa.Table:
    with in_memory(people, units) as facts:
        return evaluate(law, facts)


def tables(law: Ruleset, people: list[Any], units: list[Any]) -> tuple[pa.Table, pa.Table]:
    return fact_table(law, people, kind="person"), fact_table(law, units, kind="unit")


def test_order_of_rows_and_columns_changes_nothing(law: Ruleset) -> None:
    people, units = tables(law, PEOPLE, UNITS)
    expected = judged(law, people, units)
    draw = random.Random(13)
    for _ in range(3):
        rows = draw.sample(PEOPLE, len(PEOPLE)), draw.sample(UNITS, len(UNITS))
        mixed = tables(law, *rows)
        columns = [table.select(draw.sample(table.column_names, table.num_columns)) for table in mixed]
        assert judged(law, *columns).equals(expected)


def test_one_judged_alone_is_judged_as_among_all(law: Ruleset) -> None:
    expected = judged(law, *tables(law, PEOPLE, UNITS)).to_pylist()
    for person in random.Random(14).sample(PEOPLE, 12):
        alone = judged(law, *tables(law, [person], [])).to_pylist()
        assert alone == [
            row for row in expected if (row["subject_kind"], row["subject_id"]) == ("person", person["person_id"])
        ]


def test_a_row_repeated_is_judged_the_same_each_time(law: Ruleset) -> None:
    people, units = tables(law, PEOPLE, UNITS)
    once, twice = judged(law, people, units), judged(law, pa.concat_tables([people, people]), units)
    rows = [row for row in twice.to_pylist() if row["subject_kind"] == "person"]
    assert rows[::2] == rows[1::2]
    assert rows[::2] == [row for row in once.to_pylist() if row["subject_kind"] == "person"]


def test_one_title_alone_is_judged_as_among_all(law: Ruleset) -> None:
    people, units = tables(law, PEOPLE, UNITS)
    expected = judged(law, people, units).to_pylist()
    with in_memory(people, units) as facts:
        for rule in law.rules_of("person"):
            alone = evaluate(law, facts, kinds=["person"], title=rule.title).to_pylist()
            assert alone == [row for row in expected if (row["subject_kind"], row["title"]) == ("person", rule.title)]
