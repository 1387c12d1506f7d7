"""Institutions as the search of the top bar finds them: by part of the name or by number."""

from django.urls import reverse
from django.utils import timezone

from yizheng.kernel.codes import name_of
from yizheng.people.models import Account
from yizheng.shell.searching.top_bar import MOST, Hit, declare
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.searching import matching


def find_institutions(account: Account, text: str) -> list[Hit]:
    """Institutions the account may see, whose name holds the text or whose number it is."""
    rows = (
        InstitutionLicence.objects.visible_to(account)
        .as_of(timezone.localdate())
        .filter(matching(account, text))
        .order_by("name")
    )
    return [
        Hit(each.name, _about(each), reverse("institutions:institution", args=[each.subject_id]))
        for each in rows[:MOST]
    ]


def _about(licence: InstitutionLicence) -> str:
    kind, district = name_of("institution_category", licence.category), name_of("district", licence.district)
    return f"{kind}　{district}　{licence.registration_number}"


declare("医疗机构", find_institutions)
