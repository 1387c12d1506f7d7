"""The saved views of the worklist as data: what each shows, in the words of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from yizheng.licensing.states import STOPPED, CaseState
from yizheng.people.models import Account

RECEIVED = (CaseState.RECEIVED, CaseState.CORRECTED)


@dataclass(frozen=True, slots=True)
class WorkView:
    """One tab: its name, its address, and which open cases it keeps."""

    code: str
    title: str
    keeps: Callable[[Account, date], Q]
    alarming: bool = False
    """Its count is shown in red."""


VIEWS: tuple[WorkView, ...] = (
    WorkView("due", "今天与超期", lambda account, today: Q(due_on__lte=today), alarming=True),
    WorkView("mine", "我的在办", lambda account, today: Q(handler=account) | Q(handler=None)),
    WorkView("received", "待受理", lambda account, today: Q(state=CaseState.RECEIVED)),
    WorkView("corrected", "补正已回", lambda account, today: Q(state=CaseState.CORRECTED)),
    WorkView("deciding", "待决定", lambda account, today: Q(state=CaseState.DECIDING)),
    WorkView("stopped", "时钟停计", lambda account, today: Q(state__in=STOPPED)),
    WorkView("all", "全部在办", lambda account, today: Q()),
)

BY_CODE = {view.code: view for view in VIEWS}
