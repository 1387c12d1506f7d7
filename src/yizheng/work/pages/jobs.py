"""The pages of long work: the list of one's jobs, and one job with its progress, which may be closed at any time."""

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yizheng.people.pages.frame import account_of
from yizheng.people.tables import Column, Shown, State, Table
from yizheng.work import jobs
from yizheng.work.models import Job
from yizheng.work.pages.frame import framed, page


def _progress(job: Job) -> str:
    return f"{job.done:,} / {job.total:,}" if job.total else ""


JOBS = Table(
    "jobs",
    "后台任务",
    lambda asked: Job.objects.visible_to(asked.account),
    (
        Column("任务", "title", 30, css="name", link=lambda job: reverse("work:job", args=[job.pk])),
        State("状态", "get_state_display", 10),
        Column("进度", _progress, shown=Shown.ON_PAGE, css="together", nothing="总数未知"),
        Column("已完成", "done", 10, shown=Shown.ON_PAPER),
        Column("总数", "total", 10, shown=Shown.ON_PAPER),
        Column("说明", "message", 40),
        Column("结果", lambda job: "看结果" if job.result_url else "", link="result_url", shown=Shown.ON_PAGE),
        Column("提交", "created", 18),
        Column("结束", "finished", 18),
    ),
    guard=login_required,
    says="新提交的在前；关掉页面，任务也会继续",
    tally="项",
    empty="没有后台任务。需要较长时间的操作会在这里显示进度。",
    template="work/jobs.html",
    more=framed,
)
"""The jobs the account may see, newest first."""


@login_required
@require_safe
@never_cache
def job_page(request: HttpRequest, job_id: int) -> HttpResponse:
    """One job; asked for by htmx, only the part that changes, and on the page of its result the whole page once it is there."""
    job = get_object_or_404(Job.objects.visible_to(account_of(request)), pk=job_id)
    if request.headers.get("HX-Request"):
        asking = urlsplit(request.headers.get("HX-Current-URL", "")).path
        if job.is_finished and job.result_url and asking == urlsplit(job.result_url).path:
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return render(request, "work/job_progress.html", {"job": job})
    return page(request, "work/job.html", {"job": job})


@login_required
@require_POST
def cancel_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Cancel a job that has not ended."""
    job = get_object_or_404(Job.objects.visible_to(account_of(request)), pk=job_id)
    jobs.cancel(job)
    return redirect("work:job", job.pk)
