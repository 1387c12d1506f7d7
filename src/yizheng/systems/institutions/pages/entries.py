"""What the register of institutions adds to the pages: the record of an institution, and the side of office pages."""

from django.urls import reverse

from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account
from yizheng.shell.access import DESKS
from yizheng.shell.desk.access import AUTHORITY
from yizheng.shell.navigation import NavEntry, declare
from yizheng.shell.record import pages
from yizheng.shell.record.pages import ChangeLink, PageLink, RecordPage, declare_link, staff_pages
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.register import INSTITUTIONS
from yizheng.systems.institutions.searching import found

READERS = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER, Role.INSPECTOR, AccountKind.INSTITUTION})


def _links(account: Account, subject_id: int) -> list[PageLink]:
    """What leads on from an institution: its subjects, its people, and for an authority the restoration."""
    paper = PageLink("正本、副本", "file-certificate", reverse("institutions:licence", args=[subject_id]))
    subjects = PageLink("诊疗科目与人员", "users", reverse("institutions:staffing", args=[subject_id]))
    people = [PageLink(f"主要执业机构在此的{title}", "users", address) for title, address in staff_pages(subject_id)]
    restore = PageLink("恢复登记", "arrow-back-up", reverse("institutions:restore", args=[subject_id]))
    return [paper, subjects, *people, *([restore] if account.kind in AUTHORITY else [])]


pages.declare(
    RecordPage(
        INSTITUTIONS,
        "institutions",
        "机构",
        "搜索机构名称、拼音、登记号、信用代码",
        founding=(InstitutionLicence,),
        search="list",
        standing_label="状态",
        links=_links,
        find=found,
    )
)
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
    [
        NavEntry("工作", "本机构", "building", "institutions:home", frozenset({AccountKind.INSTITUTION}), order=12),
        NavEntry("登记簿", "机构登记", "building-hospital", "institutions:list", READERS, order=40),
        NavEntry("登记簿", "校验日历", "calendar-due", "institutions:verifications", DESKS, order=42),
    ],
    order=20,
)
