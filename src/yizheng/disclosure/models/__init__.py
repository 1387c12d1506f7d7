"""The tables of public disclosure. They hold public fields only and so have no row security."""

from yizheng.disclosure.models.allowance import Allowance
from yizheng.disclosure.models.institution import PublicInstitution
from yizheng.disclosure.models.practitioner import PublicPractitioner
from yizheng.disclosure.models.tally import PublicTally

__all__ = ["Allowance", "PublicInstitution", "PublicPractitioner", "PublicTally"]
