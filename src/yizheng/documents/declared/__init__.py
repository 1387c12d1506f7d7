"""The kinds of certificates and instruments every system of the platform shares."""

from yizheng.documents.declarations import declare
from yizheng.documents.declared.certificates import (
    ASSISTANT_PRACTICE,
    DOCTOR_PRACTICE,
    QUALIFICATION,
    QUALIFICATION_EXTRACT,
)
from yizheng.documents.declared.instruments import INSTRUMENTS

declare(DOCTOR_PRACTICE, ASSISTANT_PRACTICE, QUALIFICATION, QUALIFICATION_EXTRACT, *INSTRUMENTS)
