"""The appraisal table with 2,000 nominees, against bare SQL that fetches the same rows of one page.

A test database is made and dropped; nothing of the installed data is touched. Run: python benchmarks/council_table.py
"""

import datetime
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.project.settings")
ROOT = Path(__file__).resolve().parents[1]
RUNS = 15
YEAR = 2020
UNITS = 40
DAY = datetime.date(2020, 12, 4)
CLOCK = datetime.datetime(2020, 12, 31, 8, tzinfo=datetime.UTC)
# The first page of the table as somebody would fetch it by hand: one statement for everything beside a nominee.
BARE = """
SELECT n.id, n.title, n.state, p.full_name, u.name, f.outcome, f.failed, f.missing, j.facts,
    a.advice, a.note, h.reason, r.yes, r.no, r.other, r.passed,
    (SELECT string_agg(w.title || ' ' || w.year, '; ' ORDER BY w.year) FROM records_award w
        WHERE w.person_id = n.person_id AND w.superseded_at IS NULL AND w.year < %(year)s)
FROM nominations_nomination n
JOIN units_unit u ON u.id = n.unit_id
LEFT JOIN units_person p ON p.id = n.person_id
LEFT JOIN evaluations_judged j ON j.run_id = %(run)s AND j.person_id = n.person_id
LEFT JOIN evaluations_findingrow f ON f.judged_id = j.id AND f.title = n.title
LEFT JOIN LATERAL (SELECT advice, note FROM nominations_appraisal
    WHERE nomination_id = n.id ORDER BY id DESC LIMIT 1) a ON TRUE
LEFT JOIN nominations_hold h ON h.nomination_id = n.id AND h.released_on IS NULL
LEFT JOIN councils_item r ON r.subject_kind = 'review' AND r.subject_id = n.id AND r.state <> 'withdrawn'
WHERE n.agency_id = %(agency)s AND n.campaign_id = %(campaign)s AND n.state <> 'withdrawn'
ORDER BY u.code, p.sort_key, n.title, n.id LIMIT 100 OFFSET %(offset)s
"""


def median(act: Callable[[], object]) -> float:
    """Seconds, the median of several runs after one that warms up."""
    act()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Build the year and print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    import django

    from thidua.project import postgres

    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    with postgres.running(durable=False):
        setup_test_environment()
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            measure(count)
        finally:
            teardown_databases(databases, verbosity=0)


def measure(count: int) -> None:
    """One agency of ``count`` nominees: page time, queries, bytes, and the ratio to bare SQL."""
    from django.db import connection, reset_queries
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    agency, campaign, run, user = build(count)
    client = Client()
    client.force_login(user)
    last = -(-count // 100)
    print(f"{count:,} nominees, medians of {RUNS}; one bare SQL statement for the rows of the page = 1.0")
    for words, place, offset in (
        ("first page", f"/de-nghi/{YEAR}/", 0),
        ("last page", f"/de-nghi/{YEAR}/?trang={last}", (last - 1) * 100),
    ):
        given = {"year": YEAR, "run": run.pk, "agency": agency.pk, "campaign": campaign.pk, "offset": offset}

        def bare(given: dict[str, object] = given) -> object:
            with connection.cursor() as cursor:
                cursor.execute(BARE, given)
                return cursor.fetchall()

        def page(place: str = place) -> Any:
            return client.get(place)

        baseline, whole = median(bare), median(page)
        reset_queries()
        with CaptureQueriesContext(connection) as queries:
            answer = page()
        assert answer.status_code == 200, answer.status_code
        print(
            f"  {words:<12} {whole:6.3f} s  {whole / baseline:6.1f} × bare SQL ({baseline:.4f} s)  "
            f"{len(queries):3} queries  {len(answer.content) / 1024:6.1f} KiB"
        )
    line = median(lambda: client.get(f"/de-nghi/{YEAR}/ty-le/"))
    print(f"  {'quota line':<12} {line:6.3f} s  (every candidate ranked, ties told)")


def build(count: int) -> tuple[Any, Any, Any, Any]:
    """An agency with its law, a run over everybody, and a nomination for each person; rows written in bulk."""
    from django.db import connection
    from django_scopes import scope

    from thidua.apps.accounts.actions import grant_role, open_account
    from thidua.apps.accounts.queries import operator
    from thidua.apps.accounts.states import Role
    from thidua.apps.campaigns.models import Campaign, Plan
    from thidua.apps.files.models import StoredFile
    from thidua.apps.units.actions import found_agency

    agency = found_agency(actor="bench", code="bench", name="Cơ quan thử tải")
    with scope(agency=agency.pk):
        user = open_account(actor=operator(agency), username="bench", password="mat-khau-thu-tai-2020")
        grant_role(actor=operator(agency), user=user, role=Role.SECRETARY, since=datetime.date(2020, 1, 1))
        stored = StoredFile.objects.create(
            agency=agency, sha256="0" * 64, size=0, media_type="text/plain", name="ke-hoach.txt", added_by="bench"
        )
        plan = Plan.objects.create(agency=agency, document=stored, reading={}, state="confirmed")
        campaign = Campaign.objects.create(
            agency=agency, plan=plan, year=YEAR, title="Phong trào thử tải", state="launched", launched_at=CLOCK
        )
        run = _run(agency, user)
        people = _people(agency, count)
        _judged(agency, run, people)
        nominations = _nominations(agency, campaign, people)
        _beside(agency, run, people, nominations)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return agency, campaign, run, user


def _run(agency: Any, user: Any) -> Any:
    from thidua.apps.accounts.queries import actor_for
    from thidua.apps.evaluations.models import Run
    from thidua.apps.policy.actions import activate_packs, install_pack
    from thidua.apps.policy.models import Activation
    from thidua.apps.policy.queries import ruleset_on
    from thidua.core.law.load import read_directory

    actor = actor_for(user, on=datetime.date(2020, 6, 1))
    layers = ("vn.national", "vn.example-department")
    packs = [install_pack(actor=actor, files=read_directory(ROOT / "packs" / name)) for name in layers]
    activate_packs(actor=actor, packs=packs, since=datetime.date(2020, 1, 1), because="Thử tải")
    digests = Activation.objects.get().digests
    ruleset = ruleset_on(datetime.date(2020, 12, 31))
    return Run.objects.create(
        agency=agency,
        year=YEAR,
        as_of=datetime.date(2020, 12, 31),
        known_at=CLOCK,
        digests=digests,
        ruleset=ruleset.digest,
        snapshot="0" * 64,
        ran_by="bench",
    )


def _people(agency: Any, count: int) -> list[tuple[Any, Any]]:
    """People with their units."""
    from thidua.apps.units.models import Person, Unit
    from thidua.core.vietnamese import fold, name_sort_key

    units = Unit.objects.bulk_create(
        Unit(agency=agency, code=f"DV{place:02}", name=f"Phòng Nghiệp vụ số {place}", folded="phong", kind="phong")
        for place in range(1, UNITS + 1)
    )
    names = [f"Nguyễn Thị Hoàng {chr(65 + place % 26)}nh {place}" for place in range(count)]
    people = Person.objects.bulk_create(
        Person(
            agency=agency,
            code=f"B{place:05}",
            full_name=name,
            sort_key=name_sort_key(name),
            folded=fold(name),
            category="cong_chuc",
        )
        for place, name in enumerate(names)
    )
    return [(person, units[place % UNITS]) for place, person in enumerate(people)]


def _title(place: int) -> str:
    return "CSTDCS" if place % 5 == 0 else "LDTT"


def _judged(agency: Any, run: Any, people: list[tuple[Any, Any]]) -> None:
    from thidua.apps.evaluations.models import FindingRow, Judged, QuotaRow

    judged = Judged.objects.bulk_create(
        Judged(agency=agency, run=run, person=person, unit=unit, facts=_facts(place), sources={})
        for place, (person, unit) in enumerate(people)
    )
    rows = []
    for place, item in enumerate(judged):
        met = place % 7 != 0
        for title in ("LDTT", "CSTDCS", "CSTDT", "CSTDTQ"):
            failed = [] if met else ["LDTT.task_rating", "LDTT.takes_part"]
            outcome = "met" if met else "not_met"
            rows.append(FindingRow(agency=agency, judged=item, title=title, outcome=outcome, failed=failed, missing=[]))
    FindingRow.objects.bulk_create(rows)
    ranked = [person.code for place, (person, _unit) in enumerate(people) if place % 7]
    QuotaRow.objects.create(
        agency=agency,
        run=run,
        title="CSTDCS",
        base="LDTT",
        share="3/20",
        scope_code="bench",
        base_count=len(ranked),
        places=len(ranked) * 3 // 20,
        most_places=len(ranked) * 3 // 20,
        ranked=ranked,
    )


def _facts(place: int) -> dict[str, object]:
    counts = {f"initiatives_{scope}": place % 3 == 0 for scope in ("base", "province", "national")}
    return {
        "task_rating": "HTXS" if place % 2 else "HTT",
        **{name: int(value) for name, value in counts.items()},
        "cstdcs_consecutive": place % 4,
        "discipline": "none",
        "registered": True,
        "takes_part": place % 7 != 0,
        "months_since_recruitment": 60,
    }


def _nominations(agency: Any, campaign: Any, people: list[tuple[Any, Any]]) -> list[Any]:
    from thidua.apps.nominations.models import Nomination

    return Nomination.objects.bulk_create(
        Nomination(
            agency=agency,
            campaign=campaign,
            person=person,
            unit=unit,
            title=_title(place),
            state="appraised" if place % 3 else "submitted",
            drafted_by="bench",
            drafted_on=DAY,
        )
        for place, (person, unit) in enumerate(people)
    )


def _beside(agency: Any, run: Any, people: list[tuple[Any, Any]], nominations: list[Any]) -> None:
    """Five earlier awards each, an appraisal for most, the unit's vote for all."""
    from thidua.apps.councils.models import Council, Item, Member, Session
    from thidua.apps.nominations.models import Appraisal
    from thidua.apps.records.models import Award

    Award.objects.bulk_create(
        Award(agency=agency, person=person, year=year, title="LDTT", source="Thử tải")
        for person, _unit in people
        for year in range(2015, 2020)
    )
    Appraisal.objects.bulk_create(
        Appraisal(
            agency=agency,
            nomination=item,
            outcome="met",
            run_id=run.pk,
            advice="eligible",
            note="Đủ hồ sơ",
            on=DAY,
            by="bench",
        )
        for item in nominations
        if item.state == "appraised"
    )
    by_unit: dict[int, list[Any]] = {}
    for item in nominations:
        by_unit.setdefault(item.unit_id, []).append(item)
    for items in by_unit.values():
        unit = items[0].unit
        council = Council.objects.create(agency=agency, kind="unit", name=f"Họp {unit}", unit=unit, since=DAY)
        chair = Member.objects.create(agency=agency, council=council, person=items[0].person, role="chair", since=DAY)
        session = Session.objects.create(
            agency=agency,
            council=council,
            year=YEAR,
            title=f"Họp bình xét {unit}",
            held_on=DAY,
            place="Phòng họp",
            chair=chair,
            clerk=chair,
            quorum="2/3",
            quorum_cite="thử",
            state="minuted",
        )
        Item.objects.bulk_create(
            Item(
                agency=agency,
                session=session,
                number=number,
                subject_kind="review",
                subject_id=item.pk,
                label=str(item.person),
                title=item.title,
                mode="open",
                share="1/2",
                more_than=True,
                of="present_members",
                cite="thử",
                grade="memory",
                state="voted",
                base=50,
                needed=26,
                yes=48,
                no=1,
                other=1,
                passed=True,
            )
            for number, item in enumerate(items, start=1)
        )


if __name__ == "__main__":
    main()
