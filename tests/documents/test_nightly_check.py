"""The nightly check of the store: quiet when all is whole, a failed job with names when not."""

from typing import cast

import pytest

from yizheng.documents import attachments
from yizheng.documents.jobs import VERIFY, verify_attachments
from yizheng.people.models import AuditEntry
from yizheng.work.jobs import JobFailed, Progress, declaration
from yizheng.work.models import Job
from yizheng.work.schedules import schedules

pytestmark = pytest.mark.django_db


class Reports:
    """Stands for the progress a worker hands to a job."""

    def __init__(self) -> None:
        self.last = (0, 0)

    def report(self, done: int, total: int | None = None, message: str = "") -> None:
        self.last = (done, total or 0)


def test_a_whole_store_passes_and_is_put_on_record() -> None:
    attachments.store_bytes(b"one")
    attachments.store_bytes(b"two")
    reports = Reports()
    verify_attachments(cast(Progress, reports))
    assert reports.last == (2, 2)
    detail = AuditEntry.objects.get(verb="documents.verified").detail
    assert (detail["checked"], detail["damaged"]) == (2, 0)


def test_a_lost_file_fails_the_job_and_is_named() -> None:
    digest = attachments.store_bytes(b"lost soon")
    attachments.store().path(digest).unlink()
    with pytest.raises(JobFailed, match=f"1 件附件丢失或被改动，请从备份恢复：{digest[:12]}"):
        verify_attachments(cast(Progress, Reports()))


def test_it_is_declared_and_runs_by_night() -> None:
    assert declaration(VERIFY).title == "附件逐件核对"
    next(each for each in schedules() if each.name == VERIFY).task()
    assert Job.objects.filter(name=VERIFY).exists()
