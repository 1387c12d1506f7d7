"""The business items of village doctors, one a file."""

from yizheng.systems.doctors.items.village.assessment import VillageAssessmentItem
from yizheng.systems.doctors.items.village.change import VillageChange
from yizheng.systems.doctors.items.village.deregistration import VillageDeregistration
from yizheng.systems.doctors.items.village.registration import VillageFirstRegistration
from yizheng.systems.doctors.items.village.renewal import VillageRenewal

__all__ = [
    "VillageAssessmentItem",
    "VillageChange",
    "VillageDeregistration",
    "VillageFirstRegistration",
    "VillageRenewal",
]
