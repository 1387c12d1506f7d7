"""收件箱: notices newest first; what is opened is marked as read and leads where it points."""

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from yizheng.people.pages.frame import account_of
from yizheng.people.tables import Actions, Asked, Column, Shown, Table
from yizheng.work import inbox
from yizheng.work.models import Notice, NoticeReading
from yizheng.work.pages.frame import framed


def _notices(asked: Asked) -> QuerySet[Notice]:
    read = NoticeReading.objects.filter(account=asked.account, notice=OuterRef("pk"))
    return Notice.objects.visible_to(asked.account).annotate(is_read=Exists(read))


def _unread(asked: Asked) -> int:
    return inbox.unread_count(asked.account)


def _says(asked: Asked) -> str:
    unread = asked.once(_unread)
    return f"{unread:,} 条未读" if unread else "没有未读消息"


INBOX = Table(
    "inbox",
    "收件箱",
    _notices,
    (
        Actions("消息", "work/parts/notice.html", css="name"),
        Column("时间", "sent", 18, shown=Shown.ON_PAPER),
        Column("消息", "title", 50, shown=Shown.ON_PAPER),
        Column("内容", "body", 60, shown=Shown.ON_PAPER),
        Actions("操作", "work/parts/open_notice.html", css="together"),
    ),
    guard=login_required,
    says=_says,
    tally="条，新的在前",
    empty="没有消息。办件有进展、任务完成时会在这里告诉您。",
    template="work/inbox.html",
    more=lambda asked: {**framed(asked), "unread": asked.once(_unread)},
)
"""Notices, newest first, the unread ones marked."""


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
