"""Files handed in to be read: at once, or beside the page where many pages have to be recognised."""

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.accounts.states import JOB_OPEN
from thidua.apps.audit.actions import record
from thidua.apps.campaigns.access import WHO, may_run_campaigns
from thidua.apps.campaigns.actions.plans import receive_plan
from thidua.apps.campaigns.actions.readings import offer_reading
from thidua.apps.campaigns.models import Plan, Reading, ReadingJob
from thidua.apps.campaigns.states import ReadingJobKind
from thidua.apps.files.actions import store_file
from thidua.apps.files.queries import content
from thidua.core.plans import ManyScans, media_type
from thidua.core.plans import Plan as PlanRead

AT_ONCE = 3  # pages to recognise while somebody waits: about ten seconds


@official_act
def start_receiving(*, actor: Actor, data: bytes, filename: str) -> Plan | ReadingJob:
    """Read a new plan now, a long scan beside the page. Raises as ``receive_plan``."""
    try:
        return receive_plan(actor=actor, data=data, filename=filename, most_scans=AT_ONCE)
    except ManyScans:
        return _ask(actor, ReadingJobKind.NEW, None, data, filename)


@official_act
def start_offering(*, actor: Actor, plan: Plan, data: bytes, filename: str) -> Reading | ReadingJob:
    """Read another file of a plan now, a long scan beside the page. Raises as ``offer_reading``."""
    try:
        return offer_reading(actor=actor, plan=plan, data=data, filename=filename, most_scans=AT_ONCE)
    except ManyScans:
        return _ask(actor, ReadingJobKind.OTHER, plan, data, filename)


@official_act
def finish_reading_job(*, actor: Actor, job: ReadingJob, read: PlanRead) -> ReadingJob:
    """Take up what was read beside the page, once. Raises Refused."""
    job = ReadingJob.objects.select_for_update(of=("self",)).select_related("document", "plan").get(pk=job.pk)
    if job.reading_id is not None:
        return job
    data = content(job.document)
    if job.plan is None:
        job.plan = receive_plan(actor=actor, data=data, filename=job.filename, read=read)
        job.reading = job.plan.readings.get()
    else:
        job.reading = offer_reading(actor=actor, plan=job.plan, data=data, filename=job.filename, read=read)
    job.save(update_fields=["plan", "reading"])
    return job


@official_act
def stop_reading_job(*, actor: Actor, job: ReadingJob) -> ReadingJob:
    """Ask the reading to stop; nothing of it is kept. Raises CannotDo when it has ended, Refused."""
    require(may_run_campaigns(actor), WHO)
    if not ReadingJob.objects.filter(pk=job.pk, state__in=JOB_OPEN).update(stop_asked=True):
        raise CannotDo("Việc đọc tệp này đã kết thúc.")
    _record(actor, "stop_reading_job", job)
    return job


def _ask(actor: Actor, kind: ReadingJobKind, plan: Plan | None, data: bytes, filename: str) -> ReadingJob:
    stored = store_file(actor=actor.key, agency=actor.agency, data=data, name=filename, media_type=media_type(data))
    job = ReadingJob.objects.create(
        agency=actor.agency, kind=kind, plan=plan, document=stored, filename=filename[-300:], asked_by=actor.key
    )
    _record(actor, "ask_reading_job", job)
    return job


def _record(actor: Actor, verb: str, job: ReadingJob) -> None:
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb=verb,
        target=f"campaigns.readingjob:{job.pk}",
        payload={"sha256": job.document.sha256, "plan": job.plan_id},
    )
