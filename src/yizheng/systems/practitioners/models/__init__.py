"""Facts about people that no single register owns, one concept a file."""

from yizheng.systems.practitioners.models.bar import RegistrationBar
from yizheng.systems.practitioners.models.conduct import ConductRecord
from yizheng.systems.practitioners.models.education import Education
from yizheng.systems.practitioners.models.exam_result import ExamResult
from yizheng.systems.practitioners.models.identity import PersonIdentity
from yizheng.systems.practitioners.models.penalty import PenaltyRecord
from yizheng.systems.practitioners.models.title import ProfessionalTitle
from yizheng.systems.practitioners.models.training import TrainingProof
from yizheng.systems.practitioners.models.watch import Watch

__all__ = [
    "ConductRecord", "Education", "ExamResult", "PenaltyRecord", "PersonIdentity", "ProfessionalTitle",
    "RegistrationBar", "TrainingProof", "Watch",
]  # fmt: skip
