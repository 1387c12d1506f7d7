"""What the shell adds to every office page: its entries at the side, and cases to the search of the top bar."""

from django.db.models import Q
from django.urls import reverse

from yizheng.licensing.models import Case
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account
from yizheng.shell.access import ADMINS, DESKS
from yizheng.shell.analysis.asking import ASKERS
from yizheng.shell.content.listing import EDITORS
from yizheng.shell.desk.statistics import READERS
from yizheng.shell.desk.worklist_cases import open_count
from yizheng.shell.exchange.channels import READERS as CHANNEL_READERS
from yizheng.shell.exchange.credit import READERS as CREDIT_READERS
from yizheng.shell.navigation import NavEntry, declare
from yizheng.shell.problem_data.worklist import waiting_count
from yizheng.shell.proposals import HANDLERS, open_proposals
from yizheng.shell.searching import top_bar
from yizheng.shell.searching.top_bar import MOST, Hit

INSTITUTION = frozenset({AccountKind.INSTITUTION})
OFFICE = DESKS | {Role.ANALYST, Role.ENGINEER}


declare(
    "",
    "",
    [
        NavEntry("工作", "待办", "inbox", "desk:worklist", DESKS | INSTITUTION, open_count, order=10),
        NavEntry("工作", "办件", "inbox", "desk:worklist", frozenset({Role.INSPECTOR}), order=10),
        NavEntry("工作", "机构申办", "signature", "my:cases", INSTITUTION, order=15),
        NavEntry(
            "工作",
            "拟办",
            "calendar-due",
            "proposals:list",
            HANDLERS,
            lambda account: open_proposals(account).count(),
            order=20,
        ),
        NavEntry("工作", "期限", "hourglass", "deadlines:list", DESKS | INSTITUTION | {Role.INSPECTOR}, order=30),
        NavEntry("工作", "依职权办理", "gavel", "desk:initiate", frozenset({Role.REVIEWER}), order=40),
        NavEntry("工作", "窗口核实", "id-badge-2", "people:counter", frozenset({Role.ACCEPTOR}), order=45),
        NavEntry("工作", "待批准", "user-check", "work:approvals", OFFICE | ADMINS | EDITORS, order=50),
        NavEntry("工作", "制证", "printer", "printing:desk", DESKS, order=60),
        NavEntry("数据", "办件统计", "chart-bar", "desk:statistics", READERS, order=10),
        NavEntry("数据", "数据接收", "upload", "intake:batches", DESKS, order=20),
        NavEntry("数据", "问题数据", "alert-triangle", "problems:list", DESKS, waiting_count, order=15),
        NavEntry("数据", "数据交换", "send", "exchange:packages", DESKS, order=30),
        NavEntry("数据", "数据分析", "report", "analysis:list", ASKERS, order=15),
        NavEntry("数据", "数据切片", "stack-2", "slices:list", frozenset({Role.ANALYST, Role.DECIDER}), order=35),
        NavEntry("数据", "接口通道", "arrow-forward-up", "exchange:channels", CHANNEL_READERS, order=32),
        NavEntry("数据", "变更订阅", "send", "exchange:subscriptions", INSTITUTION, order=33),
        NavEntry("数据", "双公示", "file-text", "exchange:credit", CREDIT_READERS, order=34),
        NavEntry("数据", "制证台账", "books", "printing:ledger", DESKS, order=40),
        NavEntry("数据", "交换对象", "key", "exchange:partners", ADMINS, order=60),
        NavEntry("数据", "后台任务", "list-details", "work:jobs", OFFICE | ADMINS, order=80),
        NavEntry(
            "数据",
            "备份与演练",
            "shield-check",
            "work:recovery",
            frozenset({Role.SYSTEM_ADMIN, Role.ENGINEER}),
            order=90,
        ),
    ],
)
declare("content", "网站内容", [NavEntry("工作", "网站文章", "file-text", "content:list", EDITORS, order=1)], order=94)
declare(
    "people",
    "账号与审计",
    [
        NavEntry("工作", "账号", "users", "people:accounts", ADMINS),
        NavEntry("工作", "授权", "key", "people:proposals", ADMINS),
        NavEntry("数据", "审计", "shield-check", "people:audit", frozenset({Role.AUDIT_ADMIN})),
    ],
    order=95,
)
declare(
    "rule_settings",
    "规则与日历",
    [
        NavEntry("工作", "规则参数", "adjustments", "rule_settings:rules", ADMINS),
        NavEntry("工作", "工作日历", "calendar-event", "rule_settings:calendar", ADMINS),
        NavEntry("工作", "承诺时限", "hourglass", "rule_settings:promises", ADMINS | {Role.DECIDER}),
    ],
    order=96,
)


def find_cases(account: Account, text: str) -> list[Hit]:
    """The newest cases of that number, applicant or institution that the account may see."""
    matching = Q(number=text) | Q(applicant_name=text) | Q(institution_name__startswith=text)
    found = Case.objects.visible_to(account).with_authority().filter(matching).order_by("-id")[:MOST]
    return [
        Hit(
            f"{case.applicant_name}　{case.item.title}",
            f"办件 {case.number}　{case.institution_name}",
            reverse("desk:case", args=[case.number]),
            case.get_state_display(),
        )
        for case in found
    ]


top_bar.declare("办件", find_cases, DESKS | INSTITUTION)
