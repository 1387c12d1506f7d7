"""Numbers of persons, certificates and institutions: reading them, checking them, composing them."""

from yizheng.kernel.identifiers.certificates import (
    check_nurse_number,
    check_practice_number,
    check_qualification_number,
    make_nurse_number,
    make_qualification_number,
)
from yizheng.kernel.identifiers.identify import identify
from yizheng.kernel.identifiers.institution import check_institution_number, make_institution_number
from yizheng.kernel.identifiers.outcome import Identified, Kind
from yizheng.kernel.identifiers.permits import check_hmt_permit, check_passport
from yizheng.kernel.identifiers.resident import (
    birth_date_of,
    canonical_resident_id,
    check_resident_id,
    is_resident_id,
    make_resident_id,
    sex_code_of,
)
from yizheng.kernel.identifiers.uscc import check_uscc, is_organisation_code, make_organisation_code, make_uscc
from yizheng.kernel.signs import normalise_number

__all__ = [
    "Identified", "Kind", "birth_date_of", "canonical_resident_id", "check_hmt_permit",
    "check_institution_number", "check_nurse_number", "check_passport", "check_practice_number",
    "check_qualification_number", "check_resident_id", "check_uscc", "identify", "is_organisation_code",
    "is_resident_id", "make_institution_number", "make_nurse_number", "make_organisation_code",
    "make_qualification_number", "make_resident_id", "make_uscc", "normalise_number", "sex_code_of",
]  # fmt: skip
