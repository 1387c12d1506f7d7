"""Facts about medical institutions."""

from yizheng.systems.institutions.models.licence import InstitutionLicence

__all__ = ["InstitutionLicence"]
