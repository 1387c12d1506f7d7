"""机构登记: the institutions an account may see, found by part of the name or by number, in the list and by the top bar."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from yizheng.kernel.codes import name_of
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.people.tables import Asked, Code, Column, Number, State, Table, Text
from yizheng.shell.desk.access import office_only
from yizheng.shell.searching.top_bar import MOST, Hit, declare
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.searching import matching


def _licences(asked: Asked) -> QuerySet[InstitutionLicence]:
    rows = InstitutionLicence.objects.visible_to(asked.account).as_of(asked.today)
    return rows.filter(matching(asked.account, asked["q"])) if asked["q"] else rows


def _described(licences: list[InstitutionLicence], asked: Asked) -> Iterable[dict[str, Any]]:
    for each in licences:
        yield {
            "url": reverse("institutions:institution", args=[each.subject_id]),
            "name": each.name,
            "number": each.registration_number,
            "category": name_of("institution_category", each.category),
            "district": name_of("district", each.district),
            "subjects": len(each.subjects),
            "state": each.standing.state,
            "detail": each.standing.detail,
        }


def _own(asked: Asked) -> HttpResponseBase | None:
    """An institution's own operator is led to her own page."""
    if asked.account.kind == AccountKind.INSTITUTION and asked.account.subject_id:
        return redirect("institutions:institution", asked.account.subject_id)
    return None


INSTITUTIONS = Table(
    "institutions",
    "机构登记",
    _licences,
    (
        Column("机构名称", "name", 36, css="name", link="url"),
        State("状态", "state", 16, detail="detail"),
        Column("类别", "category", 20),
        Column("所在区", "district", 10, css="together"),
        Code("登记号", "number", 26),
        Number("诊疗科目数", "subjects", 10),
    ),
    guard=office_only,
    filters=(Text("机构"),),
    order=("name", "subject_id"),
    described=_described,
    says="名称的任意一段，或者完整的登记号、统一社会信用代码",
    tally="家，按名称",
    empty="辖区之内还没有机构登记。",
    unfound=lambda asked: f"辖区之内没有名称含“{asked['q']}”、登记号或者信用代码为“{asked['q']}”的机构。",
    instead=_own,
)


def find_institutions(account: Account, text: str) -> list[Hit]:
    """Institutions the account may see, whose name holds the text or whose number it is."""
    rows = InstitutionLicence.objects.visible_to(account).as_of(timezone.localdate()).filter(matching(account, text))
    found = []
    for each in rows.order_by("name")[:MOST]:
        kind, district = name_of("institution_category", each.category), name_of("district", each.district)
        about = f"{kind}　{district}　{each.registration_number}"
        found.append(Hit(each.name, about, reverse("institutions:institution", args=[each.subject_id])))
    return found


declare("医疗机构", find_institutions)
