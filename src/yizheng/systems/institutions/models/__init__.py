"""The record of an institution: the licence, and the facts of which it has several, each kind in its own file."""

from yizheng.systems.institutions.models.closing import Closing
from yizheng.systems.institutions.models.contact import InstitutionContact
from yizheng.systems.institutions.models.establishment import EstablishmentApproval
from yizheng.systems.institutions.models.filings import FilingCheck
from yizheng.systems.institutions.models.internet import InternetService
from yizheng.systems.institutions.models.licence import LINE, STRUCK_OFF, InstitutionLicence
from yizheng.systems.institutions.models.names import FurtherName
from yizheng.systems.institutions.models.numbers import InstitutionNumber
from yizheng.systems.institutions.models.parties import InstitutionParty
from yizheng.systems.institutions.models.penalty import InstitutionPenalty
from yizheng.systems.institutions.models.places import PracticePlace
from yizheng.systems.institutions.models.remarks import DuplicateRemark, SubjectRemark
from yizheng.systems.institutions.models.suspension import Suspension
from yizheng.systems.institutions.models.technologies import FiledTechnology
from yizheng.systems.institutions.models.verification import Verification, VerificationPeriod

__all__ = [
    "LINE", "STRUCK_OFF", "Closing", "DuplicateRemark", "EstablishmentApproval", "FiledTechnology", "FilingCheck",
    "FurtherName", "InstitutionContact", "InstitutionLicence", "InstitutionNumber", "InstitutionParty", "InstitutionPenalty",
    "InternetService",
    "PracticePlace", "SubjectRemark", "Suspension", "Verification", "VerificationPeriod",
]  # fmt: skip
