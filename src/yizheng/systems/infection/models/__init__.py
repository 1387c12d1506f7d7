"""Units and their plans, sheets with their versions and events, problems, alarms, and the fact of an accepted sheet."""

from yizheng.systems.infection.models.accepted import AcceptedSheet
from yizheng.systems.infection.models.alarms import Alarm, AlarmState, Outbreak, OutbreakFinding, OutbreakReport
from yizheng.systems.infection.models.packages import CodeMap, Package
from yizheng.systems.infection.models.problems import Problem, ProblemState
from yizheng.systems.infection.models.sheets import Sheet, SheetEvent, SheetVersion
from yizheng.systems.infection.models.units import Plan, Unit

__all__ = [
    "AcceptedSheet", "Alarm", "AlarmState", "CodeMap", "Outbreak", "OutbreakFinding", "OutbreakReport", "Package", "Plan",
    "Problem", "ProblemState", "Sheet", "SheetEvent", "SheetVersion", "Unit",
]  # fmt: skip
