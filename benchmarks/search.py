"""Staff finding doctors by name among everybody registered: the database time of the first page, whatever was typed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

from yizheng.cli.bench.laboratory import Lab
from yizheng.cli.bench.questions import Pair, at_most, question
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Grant, Scope, SearchKey
from yizheng.people.scope import acting_as
from yizheng.systems.doctors.pages.finding import find

TYPED = ("王伟", "建国", "李", "zhangwei", "zw", "wang")
ROUNDS = 5
CLERK = "bench-search"


@question(
    "staff-search",
    "按姓名检索医师：两字、单字、全拼、首字母中最慢者的数据库用时",
    beside="按主键读一行检索键",
    unit="ms",
    reach=at_most(50),
    runs=3,
    scales=("city",),
)
def staff_search(lab: Lab) -> Iterator[Pair]:
    clerk = _clerk()
    with acting_as(clerk):
        first = SearchKey.objects.values_list("pk", flat=True).first()
        while True:
            spent = {text: _best(lambda text=text: find(clerk, text, "", "")) for text in TYPED}
            beside = _best(lambda: SearchKey.objects.get(pk=first))
            note = "，".join(f"{text} {spent[text]:.1f}" for text in TYPED)
            yield Pair(max(spent.values()), beside, note)


def _clerk() -> Account:
    """Somebody who looks over the whole city."""
    known = Account.objects.filter(username=CLERK).first()
    if known is not None:
        return known
    made = Account.objects.create_account(CLERK, AccountKind.CLERK, "检索")
    Grant.objects.create(account=made, role=Role.ACCEPTOR, scope=Scope.objects.get(kind="city"))
    return made


def _best(act: Callable[[], object]) -> float:
    return min(_database_time(act) for _ in range(ROUNDS))


def _database_time(act: Callable[[], object]) -> float:
    """Milliseconds between asking the database and its answer, summed over the statements of the act."""
    spent = 0.0

    def timed(execute: Callable[..., Any], *statement: Any) -> Any:
        nonlocal spent
        began = time.perf_counter()
        try:
            return execute(*statement)
        finally:
            spent += (time.perf_counter() - began) * 1000

    with connection.execute_wrapper(timed):
        act()
    return spent
