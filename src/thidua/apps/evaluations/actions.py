"""Running an evaluation: read the law and the facts, judge, keep everything that the outcome rests on."""

import datetime
from collections.abc import Mapping, Sequence

from django.utils import timezone

from thidua.apps.accounts.access import require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.evaluations.access import may_evaluate
from thidua.apps.evaluations.models import FindingRow, Judged, QuotaRow, Run
from thidua.apps.evaluations.queries import counted_years, facts_under
from thidua.apps.policy.models import Activation
from thidua.apps.policy.queries import ruleset_received
from thidua.apps.records.queries import YearFacts
from thidua.apps.units.models import Person, Unit
from thidua.core import canonical
from thidua.core.law.explain import SPANS
from thidua.core.law.judge import Judgement, judge
from thidua.core.law.places import limit_share
from thidua.core.law.schema import Ruleset


@official_act
def evaluate_year(*, actor: Actor, year: int, as_of: datetime.date, received_on: datetime.date | None = None) -> Run:
    """Judge everybody of the actor's agency for a year under the law of ``as_of``. Raises NoRule, Refused.

    For dossiers that the appraising body received before the law changed, ``received_on`` picks the former law.
    """
    require(may_evaluate(actor), "thường trực Hội đồng hoặc giám đốc")
    known_at = timezone.now()
    ruleset = ruleset_received(as_of, received_on)
    facts = facts_under(ruleset, year, agency=actor.agency, known_at=known_at)
    judgement = judge(
        ruleset,
        people=facts.people,
        units=facts.units,
        counted_years=counted_years(ruleset),
        awarded=facts.awarded,
    )
    activation = Activation.objects.filter(since__lte=as_of).last()
    assert activation is not None  # ruleset_on found it
    run = Run.objects.create(
        agency=actor.agency,
        year=year,
        as_of=ruleset.as_of,
        known_at=known_at,
        digests=activation.digests,
        ruleset=ruleset.digest,
        snapshot=canonical.digest({"people": list(facts.people), "units": list(judgement.unit_rows)}),
        ran_by=actor.key,
    )
    _keep(run, facts, judgement, ruleset)
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb="evaluate_year",
        target=f"evaluations.run:{run.pk}",
        payload={
            "year": year,
            "as_of": run.as_of,
            "ruleset": run.ruleset,
            "snapshot": run.snapshot,
            **({"received_on": received_on} if received_on else {}),
        },
    )
    return run


def _keep(run: Run, facts: YearFacts, judgement: Judgement, ruleset: Ruleset) -> None:
    people = {person.code: person for person in Person.objects.all()}
    units = {unit.code: unit for unit in Unit.objects.all()}
    judged = [_judged(run, row, facts, units, person=people[str(row["person_id"])]) for row in facts.people]
    judged += [
        _judged(run, {**row, SPANS: judgement.spans[str(row["unit_id"])]}, facts, units, person=None)
        for row in judgement.unit_rows
    ]
    Judged.objects.bulk_create(judged)
    by_key = {(item.kind, item.person.code if item.person else item.unit.code): item for item in judged}
    FindingRow.objects.bulk_create(
        FindingRow(
            agency=run.agency,
            judged=by_key[str(row["subject_kind"]), str(row["subject_id"])],
            title=str(row["title"]),
            outcome=str(row["outcome"]),
            failed=_names(row["failed"]),
            missing=_names(row["missing"]),
        )
        for row in judgement.findings
    )
    QuotaRow.objects.bulk_create(
        QuotaRow(
            agency=run.agency,
            run=run,
            kind=quota.limit.kind,
            title=quota.limit.title,
            base=quota.limit.base,
            share=str(limit_share(quota.limit, ruleset)),
            scope_code=quota.scope_id,
            base_count=quota.base_count,
            places=quota.quota,
            most_places=judgement.most_places[quota.limit.kind, quota.limit.title, quota.scope_id],
            pool_count=quota.pool,
            ranked=list(quota.ranked),
            groups=list(quota.groups),
        )
        for quota in judgement.quotas
    )


def _judged(
    run: Run, row: Mapping[str, object], facts: YearFacts, units: Mapping[str, Unit], *, person: Person | None
) -> Judged:
    kind: Sequence[str] = ("person", str(row["person_id"])) if person else ("unit", str(row["unit_id"]))
    return Judged(
        agency=run.agency,
        run=run,
        person=person,
        unit=units[str(row["unit_id"])],
        facts=dict(row),
        sources=dict(facts.sources.get((kind[0], kind[1]), {})),
    )


def _names(value: object) -> list[str]:
    assert isinstance(value, list)  # a list column of the findings
    return [str(item) for item in value]
