"""What the register of institutions adds to the side of office pages."""

from django.urls import reverse

from yizheng.people.kinds import AccountKind, Role
from yizheng.shell.navigation import NavEntry, declare
from yizheng.shell.record.pages import ChangeLink, declare_link

READERS = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER, Role.INSPECTOR, AccountKind.INSTITUTION})

declare_link(
    ChangeLink(
        "恢复所涉登记",
        "",
        lambda _page, _subject, change: reverse("institutions:restore_change", args=[change]),
        place=10,
    )
)
declare(
    "institutions",
    "医疗机构电子化注册",
    [NavEntry("登记簿", "机构登记", "building-hospital", "institutions:list", READERS, order=40)],
    order=20,
)
