"""Administrative areas inside numbers (GB/T 2260): provinces of the country, districts of Beijing, abolished ones included."""

from functools import cache

from yizheng.kernel import codes

BEIJING_PREFIX = "11"
# "city-level" and "county-level" placeholders of the standard that stand inside old Beijing numbers
_BEIJING_LEVELS = {"110000": "", "110100": "", "110200": ""}


@cache
def province_names() -> dict[str, str]:
    """Two-digit province code to name."""
    return {code.code: code.name for code in codes.table("province").items()}


@cache
def resident_provinces() -> frozenset[str]:
    """Provinces that may stand in a resident identity number (not the corps and the military)."""
    return frozenset(
        code.code for code in codes.table("province").items() if code.flag("issues_resident_ids")
    )


@cache
def beijing_names() -> dict[str, str]:
    """Six-digit code to name of every Beijing district, also of those abolished since."""
    districts = {code.code: code.name for code in codes.table("district").items() if code.flag("gbt2260")}
    return {**_BEIJING_LEVELS, **districts, "110000": ""}


def area_name(area: str) -> str:
    """北京市朝阳区, or the province alone where districts are not kept; empty when the province is unknown."""
    province = province_names().get(area[:2], "")
    return province + beijing_names().get(area, "") if province else ""


def area_known(area: str) -> bool:
    """Whether a six-digit code is an area: exact for Beijing, by province elsewhere."""
    if area[:2] == BEIJING_PREFIX:
        return area in beijing_names()
    return area[:2] in province_names()
