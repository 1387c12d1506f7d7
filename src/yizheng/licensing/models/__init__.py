"""Cases and what belongs to them."""

from yizheng.licensing.models.calendar_year import CalendarYear
from yizheng.licensing.models.case import Case, CaseQuerySet
from yizheng.licensing.models.disposal import Disposal
from yizheng.licensing.models.event import CaseEvent
from yizheng.licensing.models.paper import Paper
from yizheng.licensing.models.promise import Promise
from yizheng.licensing.models.proposal import Proposal
from yizheng.licensing.models.rule import RuleValue

__all__ = [
    "CalendarYear",
    "Case",
    "CaseEvent",
    "CaseQuerySet",
    "Disposal",
    "Paper",
    "Promise",
    "Proposal",
    "RuleValue",
]
