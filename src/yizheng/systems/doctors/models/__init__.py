"""Facts about doctors, one concept a file."""

from yizheng.systems.doctors.models.assessment import PeriodicAssessment
from yizheng.systems.doctors.models.filing import InstitutionFiling
from yizheng.systems.doctors.models.leave import LeaveFiling
from yizheng.systems.doctors.models.military import MilitaryRecord, MilitaryTransfer
from yizheng.systems.doctors.models.qualification import Qualification
from yizheng.systems.doctors.models.registration import Registration
from yizheng.systems.doctors.models.short_term import ShortTermPractice
from yizheng.systems.doctors.models.special_qualification import SpecialQualification
from yizheng.systems.doctors.models.team_permit import TeamPermit
from yizheng.systems.doctors.models.village import VillageAssessment, VillageRegistration

__all__ = [
    "InstitutionFiling",
    "LeaveFiling",
    "MilitaryRecord",
    "MilitaryTransfer",
    "PeriodicAssessment",
    "Qualification",
    "Registration",
    "ShortTermPractice",
    "SpecialQualification",
    "TeamPermit",
    "VillageAssessment",
    "VillageRegistration",
]
