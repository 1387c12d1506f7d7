"""Units and plans, sheets with versions and events, problems, alarms, packages, recoveries, and the fact of an accepted sheet."""

from yizheng.systems.infection.models.accepted import AcceptedSheet
from yizheng.systems.infection.models.alarms import Alarm, AlarmState, Outbreak, OutbreakFinding, OutbreakReport
from yizheng.systems.infection.models.packages import CodeMap, Package
from yizheng.systems.infection.models.problems import Problem, ProblemState, RuleRun
from yizheng.systems.infection.models.recoveries import Recovery, RecoveryEvent, RecoveryState
from yizheng.systems.infection.models.senders import Sender
from yizheng.systems.infection.models.sheets import Sheet, SheetEvent, SheetVersion
from yizheng.systems.infection.models.units import Plan, Unit

__all__ = [
    "AcceptedSheet", "Alarm", "AlarmState", "CodeMap", "Outbreak", "OutbreakFinding", "OutbreakReport", "Package", "Plan", "Problem",
    "ProblemState", "Recovery", "RecoveryEvent", "RecoveryState", "RuleRun", "Sender", "Sheet", "SheetEvent", "SheetVersion", "Unit",
]  # fmt: skip
