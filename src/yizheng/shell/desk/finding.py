"""Cases as the search of the top bar finds them: by number, by the applicant's name, by the institution's."""

from django.db.models import Q
from django.urls import reverse

from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people.models import Account
from yizheng.shell.desk.entries import DESK
from yizheng.shell.searching.sources import MOST, Hit, declare


def find_cases(account: Account, text: str) -> list[Hit]:
    """The newest cases of that number, applicant or institution that the account may see."""
    matching = Q(number=text) | Q(applicant_name=text) | Q(institution_name__startswith=text)
    found = Case.objects.visible_to(account).with_authority().filter(matching).order_by("-id")[:MOST]
    return [
        Hit(
            f"{case.applicant_name}　{case.item.title}",
            f"办件 {case.number}　{case.institution_name}",
            reverse("desk:case", args=[case.number]),
            CaseState(case.state).label,
        )
        for case in found
    ]


declare("办件", find_cases, DESK)
