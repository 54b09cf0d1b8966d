"""The law engine against hand-written SQL of the same outcomes: ratios in one run, medians of several.

Usage: python benchmarks/law.py [PEOPLE]   (default 200,000; a province's two million takes a minute)
"""

import datetime
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import ibis

from thidua.core.law.evaluate import Facts, evaluate, wide_expression
from thidua.core.law.facts import fact_table
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve

ROOT = Path(__file__).resolve().parents[1]
AS_OF = datetime.date(2020, 12, 31)
RUNS = 5
GENERATE = """
CREATE TABLE people AS SELECT
    'p' || i AS person_id, 'u' || (i % 5000) AS unit_id, 2020::BIGINT AS year,
    CASE WHEN h % 50 = 0 THEN NULL ELSE ['KHT', 'HT', 'HTT', 'HTT', 'HTT', 'HTXS'][1 + h % 6] END AS task_rating,
    CASE WHEN h % 97 = 0 THEN 'khien_trach' WHEN h % 89 = 0 THEN NULL ELSE 'none' END AS discipline,
    (h % 300)::BIGINT AS months_since_recruitment, h % 31 <> 0 AS registered,
    h % 37 <> 0 AS takes_part, h % 41 <> 0 AS studies, h % 43 <> 0 AS ethics,
    (h % 4)::BIGINT AS initiatives_base, (h % 9 = 0)::BIGINT AS initiatives_province,
    (h % 99 = 0)::BIGINT AS initiatives_national, 0::BIGINT AS research_base, 0::BIGINT AS research_province,
    0::BIGINT AS research_national, FALSE AS combat_merit, (h % 5)::BIGINT AS cstdcs_consecutive,
    (h % 3)::BIGINT AS cstdt_consecutive, h % 101 = 0 AS pending_case
FROM (SELECT i, (hash(i) % 1000003)::BIGINT AS h FROM range({count}) t(i))
"""
# The same outcomes as the packs give, as somebody would write them by hand.
BY_HAND = """
WITH leaf AS (SELECT *,
    CASE task_rating WHEN 'KXL' THEN 0 WHEN 'KHT' THEN 1 WHEN 'HT' THEN 2 WHEN 'HTT' THEN 3 WHEN 'HTXS' THEN 4 END
        >= 3 AND registered AND takes_part AND studies AND ethics AS ldtt,
    months_since_recruitment < 10 OR discipline <> 'none' AS excluded,
    initiatives_base >= 1 OR initiatives_province >= 1 OR initiatives_national >= 1
        OR research_base >= 1 OR research_province >= 1 OR research_national >= 1 OR combat_merit AS base,
    initiatives_province >= 1 OR initiatives_national >= 1 OR research_province >= 1 OR research_national >= 1 AS prov,
    initiatives_national >= 1 OR research_national >= 1 AS nation FROM people),
tree AS (SELECT person_id, excluded, pending_case, ldtt AS t1, ldtt AND base AS t2,
    ldtt AND base AND cstdcs_consecutive >= 2 AND prov AS t3,
    registered AND cstdt_consecutive >= 2 AND nation AS t4 FROM leaf)
SELECT person_id, {outcomes} FROM tree
"""
OUTCOME = (
    "CASE WHEN excluded THEN 'not_reviewed' WHEN NOT {t} THEN 'not_met' WHEN pending_case THEN 'deferred' "
    "WHEN excluded IS NULL OR {t} IS NULL OR pending_case IS NULL THEN 'unknown' ELSE 'met' END AS {t}"
)


def median(act: Callable[[], object]) -> float:
    """Seconds, the median of several runs."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print the ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    ruleset = resolve([load_pack(read_directory(ROOT / "packs" / "vn.national"))], as_of=AS_OF)
    connection = ibis.duckdb.connect()
    raw: duckdb.DuckDBPyConnection = connection.con
    raw.execute(GENERATE.format(count=count))
    people = connection.table("people")
    units = connection.create_table("units", fact_table(ruleset, [], kind="unit"), temp=True)
    by_hand = BY_HAND.format(outcomes=", ".join(OUTCOME.format(t=f"t{n}") for n in range(1, 5)))
    titles = ("LDTT", "CSTDCS", "CSTDT", "CSTDTQ")
    wide = wide_expression(ruleset, people, "person")
    outcomes = wide.select("subject_id", *(f"{title}_outcome" for title in titles))
    hand = raw.execute(by_hand).to_arrow_table().sort_by("person_id")
    ours = outcomes.to_pyarrow().sort_by("subject_id")
    for number, title in enumerate(titles, start=1):
        assert hand[f"t{number}"].to_pylist() == ours[f"{title}_outcome"].to_pylist(), title
    baseline = median(lambda: raw.execute(by_hand).to_arrow_table())
    outcome_only = median(lambda: outcomes.to_pyarrow())
    whole = median(lambda: evaluate(ruleset, Facts(people=people, units=units)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{count:,} people × {len(titles)} titles, medians of {RUNS}; hand-written SQL = 1.00 ({baseline:.3f} s)")
    print(f"  outcomes only, compiled from the packs   {outcome_only / baseline:6.2f}")
    print(f"  findings with failed and missing, Arrow  {whole / baseline:6.2f}")
    print(f"  peak memory {peak:,} MiB")


if __name__ == "__main__":
    main()
