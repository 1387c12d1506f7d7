"""The business items of doctors, one a file."""

from yizheng.systems.doctors.items.ex_officio_deregistration import ExOfficioDeregistration
from yizheng.systems.doctors.items.first_registration import FirstRegistration
from yizheng.systems.doctors.items.multi_institution_filing import MultiInstitutionFiling

__all__ = ["ExOfficioDeregistration", "FirstRegistration", "MultiInstitutionFiling"]
