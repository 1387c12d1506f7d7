"""What the six deliverables and the summary say: parts with a head and rows, counted from the records of a period."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from yizheng.documents.spreadsheets import Cell
from yizheng.systems.service.acceptance.materials import packages, source_digest, source_files
from yizheng.systems.service.clauses.changes import account_of_changes
from yizheng.systems.service.clauses.evidence import all_of
from yizheng.systems.service.clauses.surroundings import Surroundings
from yizheng.systems.service.inspections.probes import PROBES
from yizheng.systems.service.models import ContractEvent, Reading
from yizheng.systems.service.models.contract import EventKind
from yizheng.systems.service.orders.standing import Standing
from yizheng.systems.service.reports.figures import clock, figures
from yizheng.systems.service.words import Channel, EntryKind, Satisfaction, System


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a deliverable: its title, the columns with their widths in characters, the rows."""

    title: str
    head: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Period:
    """A contract in a period, both days included."""

    around: Surroundings
    first: date
    last: date

    @property
    def orders(self) -> list[Standing]:
        """The orders reported in the period, oldest first."""
        return [each for each in reversed(self.around.standings) if self.holds(timezone.localdate(each.order.reported))]

    def holds(self, day: date) -> bool:
        """Whether a day lies in the period."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Deliverable:
    """One document: its number in chapter 7, its title, what it says of a period."""

    number: str
    title: str
    parts: Callable[[Period], list[Part]]
    wide: bool = True


_ORDER = (
    ("工单", 15), ("系统", 14), ("目录行", 22), ("种类", 8), ("渠道", 9), ("报告单位", 16), ("事由", 22), ("报告时间", 15),
    ("首次答复", 15), ("恢复或者办结", 15), ("经办", 12), ("用时（分）", 8), ("满意度", 8), ("状态", 9),
)  # fmt: skip


def _row(each: Standing) -> list[Cell]:
    order = each.order
    answered = _first(each, EntryKind.ANSWER)
    done = _first(each, EntryKind.RESTORE) or order.closed
    return [
        order.number, System(order.line.system).label, f"{order.line.code} {order.line.title}", order.get_kind_display(),
        order.get_channel_display(), order.requester, order.title, order.reported, answered, done, _handlers(each),
        sum(entry.minutes for entry in each.entries), _opinion(each), each.state + ("（超时限）" if each.late else ""),
    ]  # fmt: skip


def _first(each: Standing, kind: EntryKind) -> date | None:
    return next((entry.at for entry in each.entries if entry.kind == kind), None)


def _handlers(each: Standing) -> str:
    names = {entry.account.display_name for entry in each.entries if entry.kind in (EntryKind.ANSWER, EntryKind.STEP)}
    return "、".join(sorted(names))


def _opinion(each: Standing) -> str:
    asked = [entry.satisfaction for entry in each.entries if entry.kind == EntryKind.FOLLOW_UP]
    return Satisfaction(asked[-1]).label if asked else ""


def _orders(period: Period) -> list[Part]:
    return [Part("工单", _ORDER, [_row(each) for each in period.orders]), _failures(period)]


def _failures(period: Period) -> Part:
    head = (
        ("工单", 15),
        ("事由", 24),
        ("答复", 8),
        ("恢复毛计", 9),
        ("恢复净计", 9),
        ("归因", 10),
        ("时间", 15),
        ("账目", 50),
    )
    rows: list[list[Cell]] = []
    for each in (one for one in period.orders if one.is_failure):
        book = each.ledger
        taken = [
            clock(one) if one is not None else "—" for one in (book.response, book.restore_gross, book.restore_net)
        ]
        causes = [entry.get_party_display() for entry in each.entries if entry.kind == EntryKind.CAUSE]
        about: list[Cell] = [each.order.number, each.order.title, *taken, causes[-1] if causes else "待确认"]
        for number, entry in enumerate(each.entries):
            rows.append([*(about if number == 0 else [""] * len(about)), entry.at, entry.words])
    return Part("故障台账", head, rows)


def _inspections(period: Period) -> list[Part]:
    head = (("时间", 15), ("巡检人", 12), ("对象", 8), ("项目", 12), ("结果", 36), ("限值", 20), ("结论", 8))
    readings = Reading.objects.filter(inspection__at__date__range=(period.first, period.last))
    rows: list[list[Cell]] = [
        [one.inspection.at, one.inspection.account.display_name if one.inspection.account else "平台自巡检", one.object,
         one.item, one.value, one.limit, one.get_verdict_display()]
        for one in readings.select_related("inspection__account").order_by("inspection__at", "id")
    ]  # fmt: skip
    return [Part("巡检读数", head, rows)]


def _calls(period: Period) -> list[Part]:
    by_phone = (Channel.PHONE, Channel.FAX, Channel.REMOTE, Channel.HOTLINE)
    return [Part("电话、传真和远程", _ORDER, [_row(each) for each in period.orders if each.order.channel in by_phone])]


def _satisfaction(period: Period) -> list[Part]:
    ended = [each for each in period.orders if each.ended]
    asked = [each for each in ended if _opinion(each)]
    counts = {choice: sum(_opinion(each) == choice.label for each in asked) for choice in Satisfaction}
    opinions: list[list[Cell]] = [[one.label, number] for one, number in counts.items()]
    total: list[list[Cell]] = [["已办结工单", len(ended)], ["已回访", len(asked)], *opinions]
    head = (
        ("工单", 15),
        ("报告单位", 20),
        ("事由", 30),
        ("回访时间", 15),
        ("回访人", 12),
        ("满意度", 10),
        ("意见", 30),
    )
    rows: list[list[Cell]] = [
        [each.order.number, each.order.requester, each.order.title, entry.at, entry.account.display_name,
         entry.get_satisfaction_display(), entry.said]
        for each in asked for entry in each.entries if entry.kind == EntryKind.FOLLOW_UP
    ]  # fmt: skip
    return [Part("合计", (("项目", 20), ("件", 8)), total), Part("逐件回访", head, rows)]


def _plan(period: Period) -> list[Part]:
    events = [one for kind in (EventKind.PLAN, EventKind.TEAM, EventKind.CHANNELS)
              for one in period.around.events.get(kind, [])]  # fmt: skip
    return [
        Part("确认的方案、名单和演练", (("日期", 12), ("事项", 20), ("凭证", 30), ("说明", 50)),
             [[one.on, one.get_kind_display(), one.reference, one.said] for one in events]),
        Part("预案、演练、培训和承诺", (("编号", 12), ("台账", 16), ("事由", 40), ("期限", 12), ("状态", 10)),
             [[one.number, one.declared.title, one.title, one.due, one.state] for one in period.around.matters
              if one.kind in ("emergency", "training", "undertaking") and period.holds(one.opened)]),
        Part("巡检项目和限值", (("对象", 10), ("项目", 20), ("限值", 40)), [[one.object, one.item, one.limit] for one in PROBES]),
        Part("义务和时限", (("条款", 18), ("义务", 50), ("谁", 8), ("时限", 40)),
             [[one.obligation.clause, one.obligation.title, one.obligation.actor_words, one.obligation.limit]
              for one in all_of(period.around)]),
    ]  # fmt: skip


def _summary(period: Period) -> list[Part]:
    booked = [one for one in account_of_changes(period.around).booked if period.holds(one.on)]
    return [
        _figures(period),
        _lines(period),
        Part("小变更", (("同意日期", 12), ("工单", 12), ("事由", 40), ("人日", 8), ("免费", 8), ("另议", 8)),
             [[one.on, one.order.number, one.order.title, one.days, one.free, one.charged] for one in booked]),
        Part("合同履行", (("日期", 12), ("事项", 20), ("金额（元）", 14), ("凭证", 30), ("说明", 40)),
             [[one.on, one.get_kind_display(), one.amount, one.reference, one.said] for one in _events(period)]),
        Part("义务", (("条款", 18), ("义务", 40), ("状态", 10), ("证据", 60)),
             [[one.obligation.clause, one.obligation.title, one.found.state, one.found.sentence] for one in all_of(period.around)]),
    ]  # fmt: skip


def _figures(period: Period) -> Part:
    found = figures(period.around, period.first, period.last)
    return Part("数字", (("项目", 24), ("结果", 50), ("行", 60)), [[one.title, one.value, one.url] for one in found])


def _lines(period: Period) -> Part:
    number: dict[int, int] = {}
    minutes: dict[int, int] = {}
    for each in period.orders:
        number[each.order.line_id] = number.get(each.order.line_id, 0) + 1
        spent = sum(entry.minutes for entry in each.entries)
        minutes[each.order.line_id] = minutes.get(each.order.line_id, 0) + spent
    rows: list[list[Cell]] = [
        [one.code, System(one.system).label, one.title, one.person_months, one.amount, number.get(one.pk, 0), minutes.get(one.pk, 0)]
        for one in period.around.contract.lines.all()
    ]  # fmt: skip
    head = (("行", 8), ("系统", 20), ("服务内容", 36), ("人月", 8), ("金额（元）", 12), ("工单", 8), ("用时（分）", 10))
    return Part("各目录行", head, rows)


def _events(period: Period) -> list[ContractEvent]:
    known = [one for kind in period.around.events.values() for one in kind]
    return sorted((one for one in known if period.holds(one.on)), key=lambda one: one.on)


DELIVERABLES = (
    Deliverable("1", "运维服务工单", _orders),
    Deliverable("2", "系统巡检记录", _inspections),
    Deliverable("3", "电话、远程服务记录", _calls),
    Deliverable("4", "用户满意度调查报告", _satisfaction),
    Deliverable("5", "运维方案", _plan),
    Deliverable("6", "总结报告", _summary),
)
"""The six of chapter 7, in its order."""


def _materials(period: Period) -> list[Part]:
    listed = source_files()
    proof: list[list[Cell]] = [
        ["源代码文件", len(listed)], ["全部文件的摘要", source_digest(listed)],
        ["怎样核对", "按文件清单逐个计算 SHA-256，再对“摘要  路径”各行计算 SHA-256"],
    ]  # fmt: skip
    return [
        Part("移交证明", (("项目", 16), ("内容", 80)), proof),
        Part("软件包和许可", (("软件包", 30), ("版本", 14), ("许可", 40)), [list(each) for each in packages()]),
        Part("源代码文件", (("文件", 60), ("字节", 10), ("SHA-256", 66)), [list(each) for each in listed]),
    ]


MATERIALS = Deliverable("8", "源代码和软件物料移交证明", _materials)
"""Beside the six: what proves that the source was handed over and what it is made of (12.1, 12.2)."""


def of_quarter(around: Surroundings, quarter: int, first: date, last: date) -> Deliverable:
    """The report of a quarter as it was handed in; the figures of the records where none was."""
    handed = next((one for one in around.reports if one.quarter == quarter), None)

    def parts(period: Period) -> list[Part]:
        if handed is None:
            return [_figures(period)]
        frozen = [[one["title"], one["value"], one["url"]] for one in handed.figures]
        about: list[list[Cell]] = [
            ["提交", handed.sent], ["收到", handed.received], ["审核通过", handed.passed],
            ["内容摘要", handed.digest], ["说明", handed.said],
        ]  # fmt: skip
        return [
            Part("提交", (("项目", 14), ("内容", 80)), about),
            Part("数字", (("项目", 24), ("结果", 50), ("行", 60)), frozen),
        ]

    return Deliverable(f"7-{quarter}", f"第 {quarter} 季度报告", parts, wide=False)
