"""A scan of many pages is read beside the page that asked for it: whole, or not at all and with the reason."""

import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.accounts.jobs import Stopped
from thidua.apps.accounts.models import User
from thidua.apps.accounts.states import JobState
from thidua.apps.campaigns import actions, jobs
from thidua.apps.campaigns.models import Plan, Reading, ReadingJob, ReadingVersion
from thidua.core.plans import PlanError
from thidua.core.plans.extract.recogniser import recogniser_is_here

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "core" / "plans"))
import files

needs_tesseract = pytest.mark.skipif(not recogniser_is_here(), reason="no Tesseract with Vietnamese data")
PAGES = 5


@pytest.fixture
def secretary(world: Any, actors: dict[str, Any]) -> Any:
    return actors["secretary"]


@pytest.fixture
def site(client: Client, world: Any) -> Client:
    client.force_login(User.objects.get(username="thuong-truc"))
    return client


@pytest.fixture(scope="module")
def scan() -> bytes:
    """A plan, the first page of it five times: a TIFF of five pages."""
    return files.tiff([files.dots(files.pdf_file())[0]] * PAGES)


def handed_in(secretary: Any, data: bytes) -> ReadingJob:
    job = actions.start_receiving(actor=secretary, data=data, filename="quet.tif")
    assert isinstance(job, ReadingJob)
    return job


def made() -> tuple[int, int, int]:
    return Plan.objects.count(), Reading.objects.count(), ReadingVersion.objects.count()


@needs_tesseract
def test_a_long_scan_is_read_page_by_page_and_opens_when_it_is_whole(scan: bytes, secretary: Any, site: Client) -> None:
    before = made()
    job = handed_in(secretary, scan)
    assert made() == before
    told: list[tuple[int, int]] = []

    def report(done: int, total: int) -> None:
        told.append((done, total))
        ReadingJob.objects.filter(pk=job.pk).update(state=JobState.RUNNING, done=done, total=total)
        page = site.get(reverse("campaigns:reading-job", args=[job.pk]))
        assert page["Refresh"] == "3"
        if done < total:
            assert f"Đang nhận dạng trang {done + 1}/{total}" in page.content.decode()
        assert "quet.tif" in site.get(reverse("campaigns:plan-new")).content.decode()
        assert made() == before

    jobs.read_file(job, secretary, report)
    assert [done for done, _total in told] == [0, 4, told[-1][0]]
    assert made() == tuple(count + 1 for count in before)
    jobs.read_file(ReadingJob.objects.get(pk=job.pk), secretary, lambda _done, _total: None)
    assert made() == tuple(count + 1 for count in before)  # a worker that was ended just before it said so
    ReadingJob.objects.filter(pk=job.pk).update(state=JobState.DONE)
    job.refresh_from_db()
    assert job.plan is not None
    page = site.get(reverse("campaigns:reading-job", args=[job.pk]))
    assert page.headers["Location"] == reverse("campaigns:plan", args=[job.plan.pk])
    shown = site.get(page.headers["Location"]).content.decode()
    assert "Văn bản này được nhận dạng từ ảnh quét (trang 1–5): đối chiếu với bản giấy" in shown


@needs_tesseract
def test_a_long_scan_that_is_stopped_or_holds_no_plan_leaves_nothing(secretary: Any, site: Client) -> None:
    before = made()
    data = files.tiff([files.dots(files.pdf_file("Không có mục nào ở đây cả.\n", head=False))[0]] * PAGES)
    job = handed_in(secretary, data)
    with pytest.raises(PlanError) as refusal:
        jobs.read_file(job, secretary, lambda _done, _total: None)
    ReadingJob.objects.filter(pk=job.pk).update(state=JobState.FAILED, said=str(refusal.value))
    page = site.get(reverse("campaigns:reading-job", args=[job.pk]))
    assert "Refresh" not in page
    assert str(refusal.value) in page.content.decode()
    with pytest.raises(CannotDo):
        actions.stop_reading_job(actor=secretary, job=job)

    other = handed_in(secretary, data)
    actions.stop_reading_job(actor=secretary, job=other)

    def stopped(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        jobs.read_file(other, secretary, stopped)
    assert made() == before
    assert ReadingJob.objects.get(pk=other.pk).stop_asked


@needs_tesseract
def test_a_long_scan_beside_a_plan_stands_aside(scan: bytes, secretary: Any, world: Any) -> None:
    data = (Path(__file__).resolve().parents[2] / "sample" / "ke-hoach-2020.txt").read_bytes()
    plan = actions.receive_plan(actor=secretary, data=data, filename="ke-hoach.txt")
    job = actions.start_offering(actor=secretary, plan=plan, data=scan, filename="quet.tif")
    assert isinstance(job, ReadingJob)
    jobs.read_file(job, secretary, lambda _done, _total: None)
    job.refresh_from_db()
    assert (job.plan, job.reading) == (plan, plan.readings.order_by("-pk").first())
    assert plan.versions.count() == 1


def test_a_short_file_is_read_at_once_and_only_by_who_may(secretary: Any, actors: dict[str, Any]) -> None:
    data = (Path(__file__).resolve().parents[2] / "sample" / "ke-hoach-2020.txt").read_bytes()
    assert isinstance(actions.start_receiving(actor=secretary, data=data, filename="ke-hoach.txt"), Plan)
    with pytest.raises(Refused):
        actions.start_receiving(actor=actors["member"], data=data, filename="ke-hoach.txt")


@pytest.mark.parametrize("model", [Reading, ReadingVersion])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_what_was_read(model: Any, change: str, secretary: Any) -> None:
    data = (Path(__file__).resolve().parents[2] / "sample" / "ke-hoach-2020.txt").read_bytes()
    plan = actions.receive_plan(actor=secretary, data=data, filename="ke-hoach.txt")
    row = model.objects.filter(plan=plan)
    kept = list(row.values())
    with pytest.raises(DatabaseError, match="bi tu choi"), transaction.atomic():
        row.update(made_by="ai đó") if change == "update" else row._raw_delete(row.db)
    assert list(row.values()) == kept
