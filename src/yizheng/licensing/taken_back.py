"""What was decided and then rolled back (业务数据回退; 行政许可法 第六十九条): the case says so wherever it is shown."""

from __future__ import annotations

from django.utils import timezone

from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.models import Case
from yizheng.registry.models import Change


def taken_back(case: Case) -> str:
    """A sentence with the day the register went back to what it said before this case; empty where it did not."""
    if case.change_id is None:
        return ""
    undone = Change.objects.filter(undoes=case.change_id, settled__isnull=False)
    settled = undone.values_list("settled", flat=True).first()
    if settled is None:
        return ""
    day = long_date(timezone.localdate(settled))
    return f"本办件的登记已于{day}回退，登记簿恢复为办理以前的内容；本页的结果不再有效"
