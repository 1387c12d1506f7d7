"""Addresses of the room of work."""

from django.urls import path

from yizheng.work.pages import approvals, inbox, jobs, recovery

app_name = "work"
urlpatterns = [
    path("work/jobs/", jobs.JOBS.page, name="jobs"),
    path("work/jobs/<int:job_id>/", jobs.job_page, name="job"),
    path("work/jobs/<int:job_id>/cancel/", jobs.cancel_job, name="cancel_job"),
    path("work/approvals/", approvals.approval_list, name="approvals"),
    path("work/approvals/<int:approval_id>/", approvals.approval_page, name="decide"),
    path("work/recovery/", recovery.RECOVERIES.page, name="recovery"),
    path("inbox/", inbox.INBOX.page, name="inbox"),
    path("inbox/<int:notice_id>/", inbox.open_notice, name="notice"),
    path("inbox/read/", inbox.read_all, name="read_all"),
]
