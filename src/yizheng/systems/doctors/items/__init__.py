"""The business items of doctors, one a file."""

from yizheng.systems.doctors.items import (
    changing,
    conduct,
    filing,
    leaving,
    military,
    personal,
    qualification,
    short_term,
    special,
    village,
)
from yizheng.systems.doctors.items.deregistration import DeregistrationOnApplication
from yizheng.systems.doctors.items.ex_officio_deregistration import (
    DeregistrationOnRecord,
    ExOfficioDeregistration,
)
from yizheng.systems.doctors.items.first_registration import FirstRegistration
from yizheng.systems.doctors.items.multi_institution_filing import MultiInstitutionFiling
from yizheng.systems.doctors.items.tcm_specialist_registration import SpecialistRegistration

__all__ = [
    "DeregistrationOnApplication",
    "DeregistrationOnRecord",
    "ExOfficioDeregistration",
    "FirstRegistration",
    "MultiInstitutionFiling",
    "SpecialistRegistration",
    "changing",
    "conduct",
    "filing",
    "leaving",
    "military",
    "personal",
    "qualification",
    "short_term",
    "special",
    "village",
]
