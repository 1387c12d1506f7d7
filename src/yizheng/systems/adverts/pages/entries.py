"""What the register of adverts adds to the pages: the record of an advert, the list at the side of office pages."""

from django.urls import reverse

from yizheng.disclosure import home_links
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account
from yizheng.shell.desk import links as case_links
from yizheng.shell.desk.links import CaseLink
from yizheng.shell.navigation import NavEntry, declare
from yizheng.shell.record import pages
from yizheng.shell.record.pages import PageLink, RecordPage
from yizheng.systems.adverts.models import AdvertApproval, PublicAdvert
from yizheng.systems.adverts.pages import listing as _declares_the_list  # noqa: F401
from yizheng.systems.adverts.register import ADVERTS
from yizheng.systems.adverts.review.items import Review

DESKS = frozenset({Role.REVIEWER, Role.DECIDER})
READERS = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER, Role.INSPECTOR, AccountKind.INSTITUTION})


def _links(account: Account, subject_id: int) -> list[PageLink]:
    """What leads on from an advert: what the public sees of it, and its institution."""
    samples = PageLink("样件", "eye", reverse("adverts:approved_samples", args=[subject_id]))
    entry = PublicAdvert.objects.filter(subject=subject_id).first()
    if entry is None:
        return [samples]
    return [
        samples,
        PageLink("公示", "file-certificate", reverse("adverts:public_advert", args=[entry.token])),
        PageLink(
            "医疗机构", "building-hospital", reverse("institutions:institution", args=[entry.institution_subject])
        ),
    ]


pages.declare(
    RecordPage(
        ADVERTS,
        "adverts",
        "广告",
        "搜索文号、机构名称",
        founding=(AdvertApproval,),
        search="list",
        standing_label="状态",
        verdicts=("可以发布", "不得发布"),
        links=_links,
    )
)
case_links.declare(
    CaseLink(
        "审看样件",
        "file-search",
        lambda case: reverse("adverts:case_samples", args=[case.number]) if isinstance(case.item, Review) else "",
    )
)
home_links.declare("file-text", "查医疗广告、核验文号", "adverts:public")
declare(
    "adverts",
    "医疗广告联网管理",
    [
        NavEntry("登记簿", "医疗广告", "file-text", "adverts:list", READERS, order=50),
        NavEntry("登记簿", "广告初筛例外", "filter", "adverts:exceptions", DESKS, order=51),
    ],
    order=30,
)
