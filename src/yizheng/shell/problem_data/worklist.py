"""问题数据: what was found wrong in the registers of the authority, the oldest first, with its age and who sees to it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from yizheng.licensing.models import Problem, ProblemSource, ProblemState
from yizheng.licensing.models.problem import ProblemQuerySet
from yizheng.licensing.problem_data.orders import KIND
from yizheng.people.models import Account
from yizheng.people.tables import Asked, Choice, Column, Number, State, Table, Text
from yizheng.registry.registers import registers
from yizheng.shell.access import DESKS, for_roles
from yizheng.work.models import Approval

PROPOSED = "待批准"
"""The state word of a problem while a second person is asked."""


def waiting_count(account: Account) -> int:
    """How many problems ask for work."""
    return Problem.objects.visible_to(account).waiting().count()


def _problems(asked: Asked) -> ProblemQuerySet:
    reference = Concat(Value("problem:"), Cast(OuterRef("pk"), CharField()))
    waiting = Approval.objects.waiting().filter(kind=KIND, object_ref=reference)
    found = Problem.objects.visible_to(asked.account).select_related("owner").annotate(is_proposed=Exists(waiting))
    if asked["q"]:
        found = found.filter(subject_name__contains=asked["q"])
    return found


def _described(problems: list[Any], asked: Asked) -> Iterable[dict[str, Any]]:
    titles = {each.code: each.title for each in registers()}
    for each in problems:
        yield {
            "number": each.number,
            "url": reverse("problems:problem", args=[each.pk]),
            "name": each.subject_name,
            "register": titles.get(each.register, each.register),
            "source": each.get_source_display(),
            "words": each.words,
            "state": PROPOSED if each.is_proposed and each.state == ProblemState.OPEN else each.get_state_display(),
            "age": each.age,
            "owner": each.owner.display_name if each.owner else "",
            "opened_at": each.opened_at,
        }


def _none_waiting(asked: Asked) -> str:
    """That nothing waits, or nothing stands in the state that was chosen."""
    if asked["state"] != ProblemState.OPEN:
        return "没有这一状态的问题数据。"
    return (
        "没有待处理的问题数据。登记页的“登记有误”、公众的异议、机构的反映会出现在这里；已经更正、合并的，按“状态”查看。"
    )


PROBLEMS = Table(
    "problems",
    "问题数据",
    _problems,
    (
        Column("编号", "number", 14, css="together", link="url"),
        State("状态", "state", 10),
        Number("天数", "age", 8),
        Column("主体", "name", 26, css="name"),
        Column("登记簿", "register", 8),
        Column("问题", "words", 44, css="cut"),
        Column("来源", "source", 14, css="together"),
        Column("经办", "owner", 10, nothing="还没有人接办"),
        Column("发现", "opened_at", 16, css="dense"),
    ),
    guard=for_roles(DESKS),
    filters=(
        Text("主体"),
        Choice("状态", "state", options=ProblemState.choices, by="state", default=lambda: ProblemState.OPEN.value),
        Choice("来源", "source", options=ProblemSource.choices, by="source"),
        Choice("登记簿", "register", options=lambda: [(each.code, each.title) for each in registers()], by="register"),
    ),
    order=("pk",),
    described=_described,
    says="登记有误的更正、重复主体的合并与拆分；一人提请，另一人批准，随时可以回退",
    tally="件，先发现的在前",
    empty=_none_waiting,
)
"""The problems of the authority, those open in front."""
