"""Every morning: matters past their day, and a review of rights that no quarter may go without, each told once."""

from datetime import timedelta

from django.utils import timezone

from yizheng.people.kinds import Role
from yizheng.people.scopes import city
from yizheng.systems.service.matters.kinds import RIGHTS_REVIEW
from yizheng.systems.service.models import Matter
from yizheng.systems.service.orders.knowing import open_root_causes
from yizheng.work import inbox
from yizheng.work.models import Notice
from yizheng.work.schedules import schedule

KIND = "service.matters"
QUARTER = timedelta(days=92)


@schedule("10 8 * * *", "service.remind", title="台账提醒")
def remind() -> int:
    """Tell whoever has the next move; how many were told."""
    today, told = timezone.localdate(), 0
    for matter in Matter.objects.open().filter(due__lt=today):
        waiting = {role for each in matter.declared.moves if matter.state in each.before for role in each.by}
        for role in sorted(waiting):
            title = f"{matter.declared.title} {matter.number} 已过期限 {matter.due:%m-%d}"
            told += _once(title, Role(role), matter.get_absolute_url())
    if not Matter.objects.filter(kind=RIGHTS_REVIEW.code, opened__gt=today - QUARTER).exists():
        told += _once(f"{today.year}年第{(today.month + 2) // 3}季度的权限复核还没有开始", Role.SYSTEM_ADMIN, "")
    return told + open_root_causes(timezone.now())


def _once(title: str, role: Role, link: str) -> int:
    if Notice.objects.filter(kind=KIND, title=title).exists():
        return 0
    inbox.send(title=title, kind=KIND, role=role, scope=city(), link=link)
    return 1
