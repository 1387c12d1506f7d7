"""What stands beside a subject's register: the certificates issued, the cases under way, and those behind its changes."""

from collections.abc import Iterable

from yizheng.documents.models import Certificate
from yizheng.licensing.models import Case
from yizheng.licensing.models.case import CaseQuerySet
from yizheng.people.models import Account

MOST_CASES = 10
_WORDS = {"已由新版本取代": "已换发", "换发新版本": "已换发", "注销": "已注销", "更正回退": "已回退", "失效": "无效"}


def certificates(account: Account, subject_id: int) -> list[tuple[Certificate, str]]:
    """The certificates of a subject with their state word, the newest version first."""
    found = Certificate.objects.visible_to(account).filter(subject_id=subject_id).order_by("kind", "number", "-version")
    return [(each, _WORDS.get(each.status_word, each.status_word)) for each in found]


def cases_under_way(account: Account, subject_id: int) -> CaseQuerySet:
    """The newest open cases about the subject that the account may see."""
    return Case.objects.visible_to(account).open().filter(subject_id=subject_id).order_by("-id")[:MOST_CASES]


def cases_behind(account: Account, causes: Iterable[str]) -> dict[str, Case]:
    """The cases that caused changes, by the changes' cause, as far as the account may see them."""
    wanted = (cause.partition(":") for cause in causes)
    numbers = [int(number) for word, _, number in wanted if word == "case" and number.isdecimal()]
    return {f"case:{case.pk}": case for case in Case.objects.visible_to(account).filter(pk__in=numbers)}
