"""A job is deferred with its cause, shows how far it is, ends in words, and is taken up again after a crash."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import sign_in
from yizheng.kernel.rowscope import current
from yizheng.people.models import Account
from yizheng.work import jobs, worker
from yizheng.work.models import Job, JobState, Notice
from yizheng.work.progress import Progress, progress_of
from yizheng.work.running import run

pytestmark = pytest.mark.django_db(transaction=True)
seen: list[object] = []


@jobs.job("test.count", title="数数", retries=0)
def count(progress: Progress, upto: int) -> str:
    for done in range(1, upto + 1):
        progress.report(done, upto, f"数到 {done}")
    seen.append(current().account)
    return "/"


@jobs.job("test.refuse", title="不成")
def refuse(progress: Progress) -> None:
    raise jobs.JobFailed("文件第 3 行缺少姓名，请补上后重新提交。")


@jobs.job("test.fault", title="出错", retries=1, retry_after=1)
def fault(progress: Progress) -> None:
    raise RuntimeError("赵某某 110108199001010000")


WORKER = """
import asyncio, django
django.setup()
from tests.work import test_jobs
from yizheng.work import worker
asyncio.run(worker.work())
"""


@jobs.job("test.slow", title="慢")
def slow(progress: Progress, steps: int = 1000) -> None:
    for done in range(1, steps + 1):
        time.sleep(0.02)
        progress.report(done, steps)


@jobs.job("test.long", title="很长")
def long_work(progress: Progress) -> None:
    for done in range(1, 200):
        time.sleep(0.05)
        progress.report(done, 1000)


@pytest.fixture(autouse=True)
def nothing_seen(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads of the worker end with the test, so their connections end with each job."""
    seen.clear()
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)


def run_and_close(job_id: int) -> None:
    run(job_id)
    connection.close()


def queued() -> int:
    return ProcrastinateJob.objects.filter(task_name="yizheng.work.run_job", status="todo").count()


def test_a_job_runs_as_the_account_that_asked_and_ends_with_its_result(applicant: Account) -> None:
    row = jobs.defer("test.count", account=applicant, upto=5)
    run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.done, row.total, row.message) == (JobState.DONE, 5, 5, "数到 5")
    assert row.result_url == "/"
    assert seen == [applicant.pk]
    told = Notice.objects.visible_to(applicant).get()
    assert (told.title, told.link) == ("数数：已完成", "/")


def test_a_job_needs_somebody_to_answer_for_it() -> None:
    with pytest.raises(ValueError, match="account or as the system"):
        jobs.defer("test.count", upto=1)


def test_an_unknown_job_cannot_be_deferred() -> None:
    with pytest.raises(jobs.UnknownJob):
        jobs.defer("test.nothing", reason="试")


def test_what_is_rolled_back_defers_nothing(applicant: Account) -> None:
    with transaction.atomic():
        jobs.defer("test.count", account=applicant, upto=1)
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert queued() == 0


def test_a_refusal_is_shown_in_its_own_words_and_not_tried_again() -> None:
    row = jobs.defer("test.refuse", reason="试")
    run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.message) == (JobState.FAILED, "文件第 3 行缺少姓名，请补上后重新提交。")
    assert queued() == 1


def test_a_fault_is_tried_again_and_then_told_without_its_text() -> None:
    row = jobs.defer("test.fault", reason="试")
    run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.message) == (JobState.QUEUED, "第 1 次没有完成，1 秒后再试")
    assert queued() == 2
    run(row.pk)
    row.refresh_from_db()
    assert row.state == JobState.FAILED
    assert "试了 2 次" in row.message
    assert "1101" not in row.message


def test_a_job_that_ended_is_not_run_again(applicant: Account) -> None:
    row = jobs.defer("test.count", account=applicant, upto=1)
    run(row.pk)
    run(row.pk)
    assert len(seen) == 1


def test_a_queued_job_is_cancelled_at_once(applicant: Account) -> None:
    row = jobs.defer("test.count", account=applicant, upto=1)
    assert jobs.cancel(row)
    run(row.pk)
    row.refresh_from_db()
    assert row.state == JobState.CANCELLED
    assert seen == []
    assert not jobs.cancel(row)


def test_a_running_job_is_cancelled_at_its_next_report(applicant: Account) -> None:
    row = jobs.defer("test.long", account=applicant)
    runner = threading.Thread(target=run_and_close, args=[row.pk])
    runner.start()
    _until(lambda: Job.objects.get(pk=row.pk).done > 0)
    assert jobs.cancel(row)
    runner.join(5)
    row.refresh_from_db()
    assert row.state == JobState.CANCELLED


def test_a_stopping_worker_puts_its_job_back() -> None:
    row = jobs.defer("test.long", reason="试")
    run(row.pk, stopping=lambda: True)
    row.refresh_from_db()
    assert row.state == JobState.QUEUED
    assert queued() == 2


def test_a_job_whose_worker_was_killed_is_run_again(applicant: Account) -> None:
    row = jobs.defer("test.count", account=applicant, upto=3)
    Job.objects.filter(pk=row.pk).update(state=JobState.RUNNING, attempt=1, done=2)
    run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempt, row.done) == (JobState.DONE, 2, 3)


def test_a_job_is_never_run_twice_at_a_time(applicant: Account) -> None:
    row = jobs.defer("test.count", account=applicant, upto=1)
    with progress_of(row.pk, lambda: False) as first:
        assert first is not None
        run(row.pk)
    assert seen == []
    assert queued() == 2


def work_off() -> None:
    """Let a worker empty the queue, in a thread of its own: a browser may hold this one's event loop."""

    def main() -> None:
        asyncio.run(worker.work(wait=False, install_signal_handlers=False))
        connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(main).result()


def test_the_worker_takes_jobs_from_the_queue(applicant: Account) -> None:
    row = jobs.defer("test.count", account=applicant, upto=2)
    work_off()
    row.refresh_from_db()
    assert row.state == JobState.DONE
    assert queued() == 0


def test_a_job_of_a_killed_worker_is_finished_by_the_next(
    applicant: Account, owner_connection: psycopg.Connection[tuple[object, ...]]
) -> None:
    row = jobs.defer("test.slow", account=applicant)
    killed = subprocess.Popen([sys.executable, "-c", WORKER], env=_environment())
    try:
        _until(lambda: Job.objects.get(pk=row.pk).done > 0, seconds=30)
    finally:
        killed.kill()
        killed.wait()
    row.refresh_from_db()
    assert row.state == JobState.RUNNING
    owner_connection.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 minute'")
    owner_connection.commit()
    Job.objects.filter(pk=row.pk).update(arguments={"steps": 2})
    work_off()
    row.refresh_from_db()
    assert (row.state, row.attempt, row.done) == (JobState.DONE, 2, 2)


def _environment() -> dict[str, str]:
    """As the launcher starts a worker, on the database of this test."""
    now = connections.settings["default"]
    url = f"postgresql://{now['USER']}:{now['PASSWORD']}@/{now['NAME']}?host={quote(now['HOST'])}&port={now.get('PORT', '')}"
    return {
        **os.environ,
        "DATABASE_URL": url,
        "YIZHENG_DATA": str(settings.DATA_DIR),
        "DJANGO_SETTINGS_MODULE": "yizheng.site.settings",
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }


def test_the_page_shows_progress_until_the_end_and_only_to_its_owner(
    client: Client, applicant: Account, stranger: Account
) -> None:
    row = jobs.defer("test.count", account=applicant, upto=2)
    page = sign_in(client, applicant).get(f"/work/jobs/{row.pk}/").content.decode()
    assert "关掉页面也会继续" in page
    assert "every 2s" in page
    run(row.pk)
    part = client.get(f"/work/jobs/{row.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "已完成" in part
    assert "every 2s" not in part
    assert "<html" not in part
    assert sign_in(client, stranger).get(f"/work/jobs/{row.pk}/").status_code == 404
    assert client.post(f"/work/jobs/{row.pk}/cancel/").status_code == 404


def test_those_who_keep_the_system_running_see_every_job(applicant: Account, engineer: Account) -> None:
    row = jobs.defer("test.count", account=applicant, upto=2)
    assert list(Job.objects.visible_to(engineer)) == [row]


def test_the_person_cancels_on_the_page(client: Client, applicant: Account) -> None:
    row = jobs.defer("test.count", account=applicant, upto=2)
    assert sign_in(client, applicant).get(f"/work/jobs/{row.pk}/cancel/").status_code == 405
    assert client.post(f"/work/jobs/{row.pk}/cancel/").status_code == 302
    row.refresh_from_db()
    assert row.state == JobState.CANCELLED
    assert "已取消" in client.get("/work/jobs/").content.decode()


def _until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
