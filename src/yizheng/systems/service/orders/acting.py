"""What is done to work orders: registering one, and writing into its ledger under a lock."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from yizheng.documents.numbers import allocate
from yizheng.people import audit
from yizheng.people.canonical import holds_identifier
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.people.scopes import city
from yizheng.systems.service.models import ContractLine, Entry, Signature, WorkOrder
from yizheng.systems.service.orders.standing import Standing
from yizheng.systems.service.rights import CONTRACTOR
from yizheng.systems.service.words import DEMANDS, Channel, EntryKind, OrderKind, Party, Satisfaction
from yizheng.work import inbox

SERIES = "service_order"
ON_TIME = timedelta(minutes=30)
"""What is written later than this after it happened is marked as late and needs a reason."""
CLOCK_SKEW = timedelta(minutes=2)
"""How far a moment may lie ahead of the clock of the machine."""

WRITERS: Mapping[EntryKind, frozenset[Role]] = {
    EntryKind.CAUSE: frozenset({Role.CLIENT_MANAGER}),
    EntryKind.AGREED: frozenset({Role.CLIENT_MANAGER}),
    EntryKind.DECLINED: frozenset({Role.CLIENT_MANAGER}),
    EntryKind.WORKAROUND_AGREED: frozenset({Role.CLIENT_MANAGER}),
    EntryKind.FOLLOW_UP: frozenset({Role.SERVICE_MANAGER, Role.CLIENT_MANAGER, Role.ENGINEER}),
    EntryKind.HANDED_ON: frozenset({Role.SERVICE_MANAGER}),
    EntryKind.REOPEN: CONTRACTOR | {Role.CLIENT_MANAGER},
}
"""Who may write what; everything else is written by those who carry the contract out."""
BY_ANOTHER: Mapping[EntryKind, str] = {
    EntryKind.FOLLOW_UP: "回访由没有经办这件工单的人进行，不能自己评价自己。",
    EntryKind.HANDED_ON: "转交由经办人以外的另一人核对后记录；先接到的人仍负责到办结。",
}
"""What nobody writes who handled the order, and why."""
NEEDS_WORDS = frozenset(
    {EntryKind.ANSWER, EntryKind.STEP, EntryKind.PAUSE, EntryKind.WORKAROUND, EntryKind.RESTORE, EntryKind.REOPEN,
     EntryKind.CAUSE_PROPOSED, EntryKind.CAUSE, EntryKind.DECLINED, EntryKind.CLOSE, EntryKind.HANDED_ON, EntryKind.NOTE}
)  # fmt: skip
_PATH = re.compile(r"(M\d{1,4} \d{1,4}( L\d{1,4} \d{1,4})+ ?)+")
"""Strokes of a signature as a path of SVG."""
NEEDS_PARTY = frozenset({EntryKind.PAUSE, EntryKind.CAUSE, EntryKind.CAUSE_PROPOSED})


class Refused(Exception):
    """What cannot be done; the words say why and what to do, and are meant for the person."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a new order says."""

    line: ContractLine
    kind: OrderKind
    channel: Channel
    requester: str
    title: str
    said: str
    reported: datetime
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What an entry says."""

    kind: EntryKind
    at: datetime
    said: str = ""
    party: Party | None = None
    days: Decimal | None = None
    minutes: int = 0
    satisfaction: Satisfaction | None = None
    late_reason: str = ""
    place: str = ""
    signer: str = ""
    strokes: str = ""


@transaction.atomic
def register(account: Account, asked: Asked, *, reporter: Account | None = None) -> WorkOrder:
    """Give an order its number and write down the report, from which its clocks run; `Refused` says why not."""
    if CONTRACTOR.isdisjoint(roles_of(account)) and account != reporter:
        raise Refused("登记工单由运维工程师或者运维管理人员办理。")
    _plain(asked.title, asked.said, asked.requester)
    now = timezone.now()
    _possible(asked.reported, now)
    failure = asked.kind == OrderKind.FAILURE
    if not failure and (asked.due is None or asked.due <= asked.reported):
        raise Refused("请填写办理时限，并且晚于报告时间；故障以外的工单都要写明时限。")
    year = timezone.localtime(asked.reported).year
    number = allocate(SERIES, str(year), given_to=f"work_order:{asked.line.contract_id}")
    order = WorkOrder.objects.create(
        number=f"GD-{year % 100:02d}-{number:04d}",
        contract=asked.line.contract,
        line=asked.line,
        kind=asked.kind,
        channel=asked.channel,
        requester=asked.requester,
        title=asked.title,
        said=asked.said,
        reported=asked.reported,
        due=None if failure else asked.due,
        reporter=reporter,
        account=account,
    )
    Entry.objects.create(order=order, kind=EntryKind.REPORT, at=asked.reported, said=order.requester, account=account)
    audit.record(account, "service.register", f"work_order:{order.pk}", {"number": order.number, "kind": order.kind})
    if failure or reporter is not None:
        _tell(f"{order.number} {order.get_kind_display()}：{order.title}", order)
    return order


@transaction.atomic
def write(order_id: int, account: Account, written: Written) -> WorkOrder:
    """Add an entry to the ledger of an order; of two who write at once the second sees what the first wrote."""
    order = WorkOrder.objects.select_for_update().get(pk=order_id)
    standing = Standing(order)
    _may_write(standing, account, written)
    _complete(standing, written)
    entry = Entry.objects.create(
        order=order,
        kind=written.kind,
        at=written.at,
        said=written.said,
        party=written.party or "",
        days=written.days,
        minutes=written.minutes,
        satisfaction=written.satisfaction or "",
        late_reason=written.late_reason,
        place=written.place,
        account=account,
    )
    if written.strokes:
        Signature.objects.create(
            entry=entry, signer=written.signer, strokes=written.strokes, digest=_digest(standing, written)
        )
    _settle(order, written)
    audit.record(account, f"service.{written.kind.value}", f"work_order:{order.pk}", {"number": order.number})
    return order


def choices_for(standing: Standing, account: Account) -> list[EntryKind]:
    """What this account may write next, in the order of the words."""
    roles = roles_of(account)
    may = [kind for kind in EntryKind if kind in standing.allowed() and not writers(kind).isdisjoint(roles)]
    return [kind for kind in may if kind not in BY_ANOTHER or account.pk not in standing.handlers]


def choice_of_reporter(standing: Standing) -> EntryKind | None:
    """What whoever reported it may write: more about it while it is open, how satisfied she is once it has ended."""
    if not standing.ended:
        return EntryKind.NOTE
    return None if standing.asked_again else EntryKind.FOLLOW_UP


def writers(kind: EntryKind) -> frozenset[Role]:
    """The roles that write such an entry."""
    return WRITERS.get(kind, CONTRACTOR)


def _may_write(standing: Standing, account: Account, written: Written) -> None:
    if standing.order.reporter_id == account.pk and written.kind == choice_of_reporter(standing):
        return
    if writers(written.kind).isdisjoint(roles_of(account)):
        holders = "、".join(role.label for role in Role if role in writers(written.kind))
        raise Refused(f"“{written.kind.label}”由{holders}记录。")
    if written.kind not in standing.allowed():
        raise Refused(f"工单现在是“{standing.state}”，不能记录“{written.kind.label}”；请刷新页面看最新账目。")
    if written.kind in BY_ANOTHER and account.pk in standing.handlers:
        raise Refused(BY_ANOTHER[written.kind])


def _complete(standing: Standing, written: Written) -> None:
    _plain(written.said, written.late_reason, written.place, written.signer)
    now = timezone.now()
    _possible(written.at, now)
    if written.at < standing.order.reported:
        raise Refused("这一时间早于报告时间，请核对。")
    if now - written.at > ON_TIME and not written.late_reason:
        raise Refused("超过 30 分钟才补记的账目要写明补记原因。")
    if written.kind in NEEDS_WORDS and not written.said:
        raise Refused(f"记录“{written.kind.label}”时请写明情况。")
    if (written.kind in NEEDS_PARTY) != (written.party is not None):
        raise Refused("等待和归因要选择一方，其他账目不选。")
    if (written.kind == EntryKind.ESTIMATE) != (written.days is not None):
        raise Refused("估算人日要填写人日数，其他账目不填。")
    if written.days is not None and not Decimal("0.5") <= written.days <= Decimal(200):
        raise Refused("人日数在 0.5 至 200 之间。")
    _signed(written)
    if (written.kind == EntryKind.FOLLOW_UP) != (written.satisfaction is not None):
        raise Refused("回访要选择满意度，其他账目不选。")


def _signed(written: Written) -> None:
    if (written.kind == EntryKind.ARRIVED) != bool(written.place):
        raise Refused("到达现场要写位置，其他账目不写。")
    if (written.kind == EntryKind.SIGNED) != bool(written.signer and written.strokes):
        raise Refused("请用户写下姓名并在框内签字，其他账目不签。")
    if written.strokes and not _PATH.fullmatch(written.strokes):
        raise Refused("签字没有完整传来，请清除后重签。")


def _digest(standing: Standing, written: Written) -> str:
    """What was signed: the ledger as it stood, by whom, with which strokes."""
    book = [[each.kind, each.at.isoformat(), each.said] for each in standing.entries]
    said = [standing.order.number, book, written.said, written.signer, written.strokes]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _possible(at: datetime, now: datetime) -> None:
    if at > now + CLOCK_SKEW:
        raise Refused("这一时间还没有到，请核对。")


def _plain(*texts: str) -> None:
    if any(holds_identifier(each) for each in texts):
        raise Refused("工单里不写证件号码和手机号码；需要核对人员的，请写登记簿里的链接或者办件号。")


def _settle(order: WorkOrder, written: Written) -> None:
    """Follow with what the entry means for the row of the order, and tell whom it concerns."""
    changed: dict[str, Any] = {}
    if written.kind == EntryKind.CLOSE:
        changed["closed"] = written.at
    elif written.kind == EntryKind.REOPEN:
        changed["closed"] = None
        _tell(f"{order.number} 再次发生：{order.title}", order)
    if changed:
        WorkOrder.objects.filter(pk=order.pk).update(**changed)
    if written.kind in (EntryKind.CAUSE_PROPOSED, EntryKind.ESTIMATE, EntryKind.WORKAROUND):
        _tell(f"{order.number} {written.kind.label}，请确认：{order.title}", order, Role.CLIENT_MANAGER)
    if order.kind in DEMANDS and written.satisfaction == Satisfaction.DISSATISFIED:
        _tell(f"{order.number} 回访不满意，请两个工作日内回电：{order.title}", order, Role.SERVICE_MANAGER)


def _tell(title: str, order: WorkOrder, role: Role = Role.ENGINEER) -> None:
    inbox.send(title=title, kind="service", role=role, scope=city(), link=order.get_absolute_url())
