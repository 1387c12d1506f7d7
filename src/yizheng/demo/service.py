"""The service of the demonstration city: one contract year with failures, a missed hour, changes, reports, inspections."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from yizheng.demo.data_files import rows
from yizheng.kernel.calendar import BEIJING
from yizheng.people.models import Account
from yizheng.systems.service.clauses import loading
from yizheng.systems.service.clauses.surroundings import Surroundings
from yizheng.systems.service.indicators import sheets
from yizheng.systems.service.inspections.inspecting import inspect
from yizheng.systems.service.matters import acting as matters
from yizheng.systems.service.matters import kinds
from yizheng.systems.service.models import Contract, ContractEvent, ContractLine, Entry, Report, WorkOrder
from yizheng.systems.service.models.contract import EventKind
from yizheng.systems.service.reports import acting as reporting
from yizheng.systems.service.words import EntryKind, OrderKind, Satisfaction

TERM_BEGAN = 250
"""How many days ago the term began."""
ENGINEER, MANAGER, CLIENT = "city-engineer", "service-manager", "client-manager"
_BY_CLIENT = frozenset({EntryKind.CAUSE, EntryKind.AGREED})


def write(today: date) -> None:
    """The contract, what happened under it, its orders, two reports and an inspection."""
    accounts = {each.username: each for each in Account.objects.filter(username__in=[ENGINEER, MANAGER, CLIENT])}
    starts = today - timedelta(days=TERM_BEGAN)
    lines = loading.shipped_lines()
    terms = {
        "code": f"YW-{starts:%Y}-01",
        "title": "医政登记平台运维服务合同（演示）",
        "client": "演示市卫生健康管理部门",
        "contractor": "演示运维服务公司",
        "starts": starts,
        "ends": starts + timedelta(days=364),
        "amount": sum((each.person_months * each.unit_price for each in lines), Decimal()),
    }
    contract = loading.load(terms, lines)
    _events(contract, accounts)
    _orders(contract, accounts, today)
    _reports(contract, accounts)
    _matters(accounts, today)
    _months(contract, accounts[MANAGER])
    inspect(None)


def _events(contract: Contract, accounts: dict[str, Account]) -> None:
    half = (contract.amount / 2).quantize(Decimal("0.01"))
    told = (
        (-60, EventKind.EFFECT, MANAGER, "双方签章合同", "", None),
        (-60, EventKind.SECRECY, MANAGER, "保密协议 附件2", "", None),
        (-60, EventKind.INTEGRITY, MANAGER, "廉洁协议 附件3", "", None),
        (-50, EventKind.INVOICE_1, MANAGER, "增值税发票 0001", "", half),
        (-48, EventKind.PAID_1, CLIENT, "支付凭证 0001", "", half),
        (0, EventKind.CHANNELS, MANAGER, "联系渠道确认单", "", None),
        (0, EventKind.TEAM, MANAGER, "项目组名单 第1版", "", None),
        (0, EventKind.CLIENT_TEAM, CLIENT, "甲方管理小组名单", "", None),
        (0, EventKind.ENVIRONMENT, CLIENT, "环境和设备交接单", "", None),
        (5, EventKind.PLAN, MANAGER, "运维方案 第1版", "巡检周期、告警限值、值班和应急预案", None),
        (130, EventKind.DEDUCTION, CLIENT, "扣减确认单", "接口积压一件答复和恢复均超时限", Decimal("9000.00")),
    )
    ContractEvent.objects.bulk_create(
        ContractEvent(
            contract=contract,
            kind=kind,
            on=contract.starts + timedelta(days=after),
            reference=reference,
            said=said,
            amount=amount,
            account=accounts[who],
        )
        for after, kind, who, reference, said, amount in told
    )


def _orders(contract: Contract, accounts: dict[str, Account], today: date) -> None:
    lines = {each.code: each for each in contract.lines.all()}
    orders, stories = [], []
    for number, row in enumerate(rows("service_orders.csv"), 1):
        reported = _reported(today, int(row["days_ago"]), int(row["hour"]))
        orders.append(_order(number, row, reported, lines[row["line"]], accounts[ENGINEER]))
        stories.append(row["story"])
    made = WorkOrder.objects.bulk_create(orders)
    entries: list[Entry] = []
    for order, story in zip(made, stories, strict=True):
        entries.append(_entry(order, EntryKind.REPORT, 0, accounts, said=order.requester))
        entries += _told(order, story, accounts)
    Entry.objects.bulk_create(entries)


def _reported(today: date, days_ago: int, hour: int) -> datetime:
    """An invented moment of the past; today's is an hour ago."""
    if days_ago == 0:
        return timezone.now().replace(second=0, microsecond=0) - timedelta(hours=1)
    return datetime.combine(today - timedelta(days=days_ago), time(hour, 12), BEIJING)


def _order(number: int, row: dict[str, str], reported: datetime, line: ContractLine, engineer: Account) -> WorkOrder:
    closing = [int(each.split(":")[1]) for each in row["story"].split() if each.startswith("close")]
    change = row["story"].startswith("change")
    ended = 3 * 1440 if change else closing[0] if closing else None
    failure = row["kind"] == OrderKind.FAILURE
    return WorkOrder(
        number=f"GD-{reported.year % 100:02d}-{9000 + number}",
        contract=line.contract,
        line=line,
        kind=row["kind"],
        channel=row["channel"],
        requester=row["requester"],
        title=row["title"],
        reported=reported,
        due=None if failure else reported + timedelta(days=5),
        closed=reported + timedelta(minutes=ended) if ended else None,
        account=engineer,
    )


def _told(order: WorkOrder, story: str, accounts: dict[str, Account]) -> Iterator[Entry]:
    """The entries of a story: ``answer:20`` is twenty minutes after the report, a word alone is the opinion asked later."""
    last = 0
    for word in story.split():
        name, *more = word.split(":")
        if name in Satisfaction.values:
            at = order.reported + timedelta(minutes=last + 2000)
            yield Entry(order=order, kind=EntryKind.FOLLOW_UP, at=at, satisfaction=name, account=accounts[MANAGER])
        elif name == "change":
            yield from _changed(order, Decimal(more[0]), accounts)
        elif name == "cause":
            yield _entry(order, EntryKind.CAUSE_PROPOSED, last + 20, accounts, party=more[0], said="查明原因")
            yield _entry(order, EntryKind.CAUSE, last + 40, accounts, party=more[0], said="确认")
        elif name == "estimate":
            yield _entry(order, EntryKind.ESTIMATE, last + 600, accounts, days=Decimal(more[0]))
        else:
            last = int(more[0])
            party = more[1] if len(more) > 1 else ""
            yield _entry(order, EntryKind(name), last, accounts, party=party, said=_SAID.get(name, ""), minutes=30)


def _changed(order: WorkOrder, days: Decimal, accounts: dict[str, Account]) -> Iterator[Entry]:
    yield _entry(order, EntryKind.ANSWER, 30, accounts, said="已收到，估算工作量")
    yield _entry(order, EntryKind.ESTIMATE, 600, accounts, days=days)
    yield _entry(order, EntryKind.AGREED, 1500, accounts)
    yield _entry(order, EntryKind.CLOSE, 3 * 1440, accounts, said="已上线，甲方确认", minutes=int(days * 480))


_SAID = {
    "answer": "值班工程师接手，说明处理办法",
    "step": "定位并处理",
    "pause": "等待对方开放或者处理",
    "restore": "用户确认可以使用",
    "close": "用户确认，办结",
    "handed_on": "不属本合同范围，转市场监管部门",
}


def _entry(
    order: WorkOrder, kind: EntryKind, minutes_after: int, accounts: dict[str, Account], **more: object
) -> Entry:
    who = (
        accounts[CLIENT] if kind in _BY_CLIENT else accounts[MANAGER] if kind == EntryKind.HANDED_ON else order.account
    )
    return Entry(order=order, kind=kind, at=order.reported + timedelta(minutes=minutes_after), account=who, **more)


def _reports(contract: Contract, accounts: dict[str, Account]) -> None:
    """The first quarter was passed, the second came seventeen days late and waits for its review."""
    around, said = Surroundings(contract), "本季度运行平稳，问题已在工单中逐件说明。"
    for quarter in (1, 2):
        _, last = reporting.period(around, quarter)
        sent = datetime.combine(last + timedelta(days=3 if quarter == 1 else 17), time(10), BEIJING)
        received = sent + timedelta(days=1) if quarter == 1 else timezone.now() - timedelta(days=5)
        figures = reporting.frozen(around, quarter)
        Report.objects.create(
            contract=contract,
            quarter=quarter,
            figures=figures,
            said=said,
            digest=reporting.digest(quarter, figures, said),
            sent=sent,
            sender=accounts[MANAGER],
            received=received,
            passed=received + timedelta(days=6) if quarter == 1 else None,
            reviewer=accounts[CLIENT],
        )


def _matters(accounts: dict[str, Account], today: date) -> None:
    """One of the ledgers each: a vulnerability that is being mended, a training held, an undertaking, a window announced."""
    engineer, manager, client = (accounts[name] for name in (ENGINEER, MANAGER, CLIENT))
    said = {"object": "加密库 3.0.1", "reference": "CVE-2026-0001", "severity": "高", "found_by": "通报"}
    hole = matters.open_matter(kinds.VULNERABILITY, engineer, "升级服务器的加密库", said)
    matters.move(engineer, hole.pk, "assign", content={"owner": engineer.display_name})
    planned = f"{today - timedelta(days=3):%Y-%m-%d}"
    training = matters.open_matter(
        kinds.TRAINING, manager, "保密和网络安全培训", {"topic": "保密教育", "planned": planned}
    )
    held = {"on": planned, "people": 6, "passed": 6, "sheet": "签到表 2026-01"}
    matters.move(manager, training.pk, "held", "下次增加钓鱼邮件演练", held)
    matters.move(client, training.pk, "confirm")
    for account in (engineer, manager):
        said = {"role": "驻场运维", "need": "系统日志和工单"}
        paper = matters.open_matter(kinds.UNDERTAKING, manager, "保密承诺", said, about=account)
        matters.move(account, paper.pk, "sign", content={"agrees": kinds.UNDERTAKING.moves[0].fields[0].choices[0]})
    night = today + timedelta(days=6)
    window = matters.open_matter(
        kinds.ANNOUNCEMENT, engineer, "数据库小版本升级",
        {"system": "全部系统", "kind": "停机维护", "begins": f"{night:%Y-%m-%d} 22:00", "ends": f"{night:%Y-%m-%d} 23:30",
         "text": "期间不能登录和提交，请提前保存。"},
    )  # fmt: skip
    matters.move(client, window.pk, "publish")


def _months(contract: Contract, manager: Account) -> None:
    """The sheets of the last two months that are over; what misses its target becomes a task."""
    around = Surroundings(contract)
    for month in sheets.months(around)[-3:-1]:
        sheets.hand_in(manager, around, month, "云资源利用率按政务云月报。")
