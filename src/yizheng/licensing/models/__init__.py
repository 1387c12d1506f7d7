"""Cases and what belongs to them."""

from yizheng.licensing.models.case import Case, CaseEvent, CaseQuerySet, Disposal, Paper
from yizheng.licensing.models.collective import Batch, BatchRow, Dossier, DossierRow
from yizheng.licensing.models.deadline import Deadline, Expiry
from yizheng.licensing.models.forecast import Forecast, ForecastFailure
from yizheng.licensing.models.problem import (
    Problem,
    ProblemAct,
    ProblemEvent,
    ProblemReason,
    ProblemSource,
    ProblemState,
)
from yizheng.licensing.models.proposal import Proposal
from yizheng.licensing.models.rule_settings import CalendarYear, Promise, RuleValue
from yizheng.licensing.models.saved_view import SavedView

__all__ = [
    "Batch", "BatchRow", "CalendarYear", "Case", "CaseEvent", "CaseQuerySet", "Deadline", "Disposal", "Dossier",
    "DossierRow", "Expiry", "Forecast", "ForecastFailure", "Paper", "Problem", "ProblemAct", "ProblemEvent",
    "ProblemReason", "ProblemSource", "ProblemState", "Promise", "Proposal", "RuleValue", "SavedView",
]  # fmt: skip
