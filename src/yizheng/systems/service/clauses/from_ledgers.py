"""What the ledgers prove of an obligation: the matters of a kind, the monthly sheets of indicators."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from yizheng.kernel.calendar.periods import add_months
from yizheng.systems.service.clauses.found import IDLE, LACKING, LATE, PROVEN, Found
from yizheng.systems.service.clauses.surroundings import Surroundings
from yizheng.systems.service.matters.kinds import KINDS

_NEVER_TRIGGERED = {"media": "没有介质带离", "handover": "没有移交"}
_OWED = {
    "training": "没有培训记录",
    "undertaking": "没有逐人承诺",
    "rights_review": "没有权限复核",
    "vulnerability": "没有漏洞记录",
}


def of_matters(kind: str, around: Surroundings) -> Found:
    """What the ledger of a kind proves: late where one is past its day, waiting for the next that is due."""
    known = [each for each in around.matters if each.kind == kind]
    url = f"{reverse('service:matters')}?kind={kind}"
    if not known:
        return (
            Found(IDLE, _NEVER_TRIGGERED[kind], url) if kind in _NEVER_TRIGGERED else Found(LACKING, _OWED[kind], url)
        )
    open_ones = sorted(each.due for each in known if not each.ended and each.due)
    sentence = f"{KINDS[kind].title} {len(known)} 项，已结束 {sum(each.ended is not None for each in known)} 项"
    if open_ones and open_ones[0] < around.today:
        return Found(LATE, f"{sentence}，有过期限的", url, open_ones[0])
    return Found(PROVEN, sentence, url, open_ones[0] if open_ones else None)


def of_months(around: Surroundings) -> Found:
    """The sheets of the months that are over: each is told by the tenth of the next."""
    url = reverse("service:indicators")
    told = {each.month for each in around.month_sheets}
    over = [each for each in _month_starts(around.contract.starts, around.today) if add_months(each, 1) <= around.today]
    missing = [each for each in over if each not in told]
    due = add_months(missing[0], 1) + timedelta(days=9) if missing else None
    if due and due < around.today:
        return Found(LATE, f"没有填报：{'、'.join(f'{each:%Y-%m}' for each in missing[:6])}", url, due)
    return Found(PROVEN if told else IDLE, f"已填报 {len(told)} 个月", url, due)


def _month_starts(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = add_months(month, 1)
