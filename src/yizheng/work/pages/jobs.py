"""The pages of long work: the list of one's jobs, and one job with its progress, which may be closed at any time."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yizheng.work import jobs
from yizheng.work.models import Job
from yizheng.work.pages.frame import account_of, page

SHOWN = 50


@login_required
@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """The newest jobs the account may see."""
    rows = Job.objects.visible_to(account_of(request))[:SHOWN]
    return page(request, "work/jobs.html", {"jobs": rows, "shown": SHOWN})


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
