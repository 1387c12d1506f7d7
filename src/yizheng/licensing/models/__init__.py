"""Cases and what belongs to them."""

from yizheng.licensing.models.batch import Batch, BatchRow
from yizheng.licensing.models.calendar_year import CalendarYear
from yizheng.licensing.models.case import Case, CaseQuerySet
from yizheng.licensing.models.deadline import Deadline
from yizheng.licensing.models.disposal import Disposal
from yizheng.licensing.models.dossier import Dossier, DossierRow
from yizheng.licensing.models.event import CaseEvent
from yizheng.licensing.models.expiry import Expiry
from yizheng.licensing.models.forecast import Forecast, ForecastFailure
from yizheng.licensing.models.paper import Paper
from yizheng.licensing.models.promise import Promise
from yizheng.licensing.models.proposal import Proposal
from yizheng.licensing.models.rule import RuleValue
from yizheng.licensing.models.saved_view import SavedView

__all__ = [
    "Batch", "BatchRow", "CalendarYear", "Case", "CaseEvent", "CaseQuerySet", "Deadline", "Disposal", "Dossier",
    "DossierRow", "Expiry", "Forecast", "ForecastFailure", "Paper", "Promise", "Proposal", "RuleValue",
    "SavedView",
]  # fmt: skip
