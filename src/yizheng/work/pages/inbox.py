"""The inbox: notes newest first, paged by key so that a new note never shifts a page under the reader."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from yizheng.work import inbox
from yizheng.work.models import Notice, NoticeReading
from yizheng.work.pages.frame import account_of, page

PAGE = 50


@login_required
@require_safe
def inbox_page(request: HttpRequest) -> HttpResponse:
    """Fifty notes before the one named in ``before``, the unread ones marked."""
    account = account_of(request)
    read = NoticeReading.objects.filter(account=account, notice=OuterRef("pk"))
    notices = Notice.objects.visible_to(account).annotate(is_read=Exists(read))
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        notices = notices.filter(pk__lt=int(before))
    rows = list(notices[: PAGE + 1])
    older = rows[PAGE - 1].pk if len(rows) > PAGE else None
    context = {"notices": rows[:PAGE], "older": older, "unread": inbox.unread_count(account)}
    return page(request, "work/inbox.html", context)


@login_required
@require_POST
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark a note as read and go where it points."""
    account = account_of(request)
    notice = get_object_or_404(Notice.objects.visible_to(account), pk=notice_id)
    inbox.mark_read(account, [notice])
    inside = url_has_allowed_host_and_scheme(notice.link, allowed_hosts=None)
    return redirect(notice.link if notice.link and inside else "work:inbox")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    inbox.mark_all_read(account_of(request))
    return redirect("work:inbox")
