"""Finding institutions by any two neighbouring characters of the name, pinyin, initials, or a number.

A licence hangs on the wall (医疗机构管理条例 第二十五条), so any office may find any institution by name: the names stand under
every institution's own authority and are asked for as the system; which licences are then shown is up to row security.
"""

from django.db.models import Q

from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import find_institutions

MOST = 200


def matching(account: Account, text: str) -> Q:
    """Which licences fit a text: by name, or one number in full."""
    number = text.replace("-", "").upper()
    return Q(subject_id__in=houses_named(account, text)) | Q(registration_number=number) | Q(uscc=number)


def houses_named(account: Account, text: str) -> list[int]:
    """Institutions a text finds by name, in order of names; at most two hundred."""
    with acting_as_system(f"按名称查找机构 account:{account.pk}"):
        return list(dict.fromkeys(found.subject_id for found in find_institutions(text, MOST)))
