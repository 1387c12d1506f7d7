"""Finding institutions by any two neighbouring characters of the name, pinyin, initials, or a number.

A licence hangs on the wall (医疗机构管理条例 第二十五条), so any office may find any institution by name: the names stand under
every institution's own authority and are asked for as the system; which licences are then shown is up to row security.
"""

from django.db.models import Q
from django.utils import timezone

from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import find_institutions
from yizheng.systems.institutions.models import InstitutionLicence, InstitutionNumber

MOST = 200
MOST_FOUND = 30


def matching(account: Account, text: str) -> Q:
    """Which licences fit a text: by name, or one number in full, former ones and those of merged duplicates included."""
    number = text.replace("-", "").upper()
    borne = InstitutionNumber.objects.current().filter(number=number).values("subject_id")
    by_number = Q(registration_number=number) | Q(filing_number=text) | Q(uscc=number) | Q(subject_id__in=borne)
    return Q(subject_id__in=houses_named(account, text)) | by_number


def found(account: Account, text: str) -> list[tuple[int, str]]:
    """Institutions the account sees that a text finds: subject and name."""
    rows = InstitutionLicence.objects.visible_to(account).as_of(timezone.localdate()).filter(matching(account, text))
    return list(rows.order_by("name", "subject_id").values_list("subject_id", "name")[:MOST_FOUND])


def houses_named(account: Account, text: str) -> list[int]:
    """Institutions a text finds by name, in order of names; at most two hundred."""
    with acting_as_system(f"按名称查找机构 account:{account.pk}"):
        return list(dict.fromkeys(found.subject_id for found in find_institutions(text, MOST)))
