"""The business items of going over to the forces and coming back, one a file."""

from yizheng.systems.doctors.items.military.local_to_military import LocalToMilitary
from yizheng.systems.doctors.items.military.to_local_qualification import MilitaryToLocalQualification
from yizheng.systems.doctors.items.military.to_local_registration import MilitaryToLocalRegistration

__all__ = ["LocalToMilitary", "MilitaryToLocalQualification", "MilitaryToLocalRegistration"]
