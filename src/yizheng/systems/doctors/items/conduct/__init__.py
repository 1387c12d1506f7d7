"""The business items of assessment, conduct, penalties and suspension, one a file."""

from yizheng.systems.doctors.items.conduct.assessment_review import AssessmentReview
from yizheng.systems.doctors.items.conduct.assessment_suspension import AssessmentSuspension
from yizheng.systems.doctors.items.conduct.conduct_record import ConductDecision, ConductReport
from yizheng.systems.doctors.items.conduct.false_application import FalseApplicationRecord
from yizheng.systems.doctors.items.conduct.penalty_record import PenaltyRecording
from yizheng.systems.doctors.items.conduct.periodic_assessment import PeriodicAssessmentReport
from yizheng.systems.doctors.items.conduct.suspension_end import SuspensionEnd

__all__ = [
    "AssessmentReview",
    "AssessmentSuspension",
    "ConductDecision",
    "ConductReport",
    "FalseApplicationRecord",
    "PenaltyRecording",
    "PeriodicAssessmentReport",
    "SuspensionEnd",
]
