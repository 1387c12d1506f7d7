"""登记号: composing the number of a licence from what it registers (WS 218)."""

from collections.abc import Mapping
from typing import Any

from yizheng.documents import numbers
from yizheng.kernel.codes import table
from yizheng.kernel.identifiers import make_institution_number
from yizheng.registry import ChangeInProgress

TEMPORARY = "PDY"
OTHER = "P900"
"""What a number says of a category that the standard has no code for."""
LAND_OF_BDA = "110115"
"""The development area has no code of the standard; numbers say the district it lies in."""


def compose(change: ChangeInProgress, licence: Mapping[str, Any], *, given_to: str) -> str:
    """The number of 22 characters: of an institution without organisation code it begins with a temporary one."""
    uscc = licence.get("uscc") or ""
    code = uscc[8:17] if uscc else _temporary(change, given_to)
    district = table("district")[licence["district"]]
    area = district.code if district.flag("gbt2260") else LAND_OF_BDA
    category = (
        licence["category"] if not table("institution_category")[licence["category"]].flag("local_extension") else OTHER
    )
    classification = table("institution_business_nature")[licence["business_nature"]].attributes["classification"]
    return make_institution_number(code, area, licence["economic_type"], category, classification)


def _temporary(change: ChangeInProgress, given_to: str) -> str:
    serial = numbers.allocate("institution_temporary", TEMPORARY, given_to=given_to, change_id=change.id)
    return f"{TEMPORARY}{serial:06d}"
