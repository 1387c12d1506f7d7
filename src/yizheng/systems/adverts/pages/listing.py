"""医疗广告: the approvals an account may see, newest first, by institution, number and state."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from yizheng.kernel.codes import name_of
from yizheng.people.tables import Asked, Column, Link, State, Table, Text
from yizheng.shell.desk.access import office_only
from yizheng.systems.adverts.models import AdvertApproval
from yizheng.systems.adverts.models.approval import standing
from yizheng.systems.adverts.numbers import read_number


def _adverts(asked: Asked) -> QuerySet[AdvertApproval]:
    rows: QuerySet[AdvertApproval] = AdvertApproval.objects.visible_to(asked.account).as_of(asked.today)
    return rows.filter(matching(asked["q"])) if asked["q"] else rows


def matching(text: str) -> Q:
    """By part of the institution's name, or by a number in any printed form."""
    number = read_number(text)
    return Q(number=number.normal) if number else Q(first_name__contains=text)


def _described(adverts: list[AdvertApproval], asked: Asked) -> Iterable[dict[str, Any]]:
    for each in adverts:
        stands = standing(each, asked.today)
        yield {
            "url": reverse("adverts:advert", args=[each.subject_id]),
            "number": each.number,
            "name": each.first_name,
            "media": "、".join(name_of("advert_media", code) for code in each.media),
            "term_to": each.term_to,
            "state": stands.state,
            "detail": stands.detail,
        }


ADVERTS = Table(
    "adverts",
    "医疗广告",
    _adverts,
    (
        Column("审查证明文号", "number", 30, css="name", link="url"),
        Column("医疗机构", "name", 30),
        State("状态", "state", 14, detail="detail"),
        Column("发布媒体", "media", 20),
        Column("有效期至", "term_to", 12),
    ),
    guard=office_only,
    filters=(Text("广告"),),
    order=("-term_from", "-subject_id"),
    described=_described,
    links=lambda asked: [Link("不予许可的理由", reverse("adverts:refusals"))],
    says="医疗机构名称的任意一段，或者文号（括号、空格、全角半角不影响）",
    tally="件，按批准日期",
    empty="辖区之内还没有审查批准的医疗广告。",
    unfound=lambda asked: f"没有机构名称含“{asked['q']}”或者文号为“{asked['q']}”的医疗广告。",
)
