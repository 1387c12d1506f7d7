"""Administrative areas inside numbers (GB/T 2260), present and past: a number keeps the area it was given with.

``data/areas.csv`` holds every code there has been since 1980 with the last name it had and, when abolished, its last
year. Beijing's codes are known one by one; elsewhere a county may be newer than the list, so its city must be known.
"""

import csv
from functools import cache

from yizheng.kernel import codes

BEIJING_PREFIX = "11"
_LEVEL_NAMES = ("市辖", "县", "省直辖", "自治区直辖", "直辖")


@cache
def province_names() -> dict[str, str]:
    """Two-digit province code to name."""
    return {code.code: code.name for code in codes.table("province").items()}


@cache
def resident_provinces() -> frozenset[str]:
    """Provinces that may stand in a resident identity number (not the corps and the military)."""
    return frozenset(code.code for code in codes.table("province").items() if code.flag("issues_resident_ids"))


@cache
def area_names() -> dict[str, str]:
    """Six-digit code to name, without the provinces, which stand in their own table."""
    with (codes.DATA / "areas.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file) if not row["code"].endswith("0000")}


@cache
def _cities() -> frozenset[str]:
    return frozenset(code[:4] for code in area_names())


def area_name(area: str) -> str:
    """北京市朝阳区, 河北省石家庄市长安区: as much of it as is known; empty when the province is not."""
    province = province_names().get(area[:2], "")
    if not province:
        return ""
    names = area_names()
    city = names.get(f"{area[:4]}00", "") if area[4:] != "00" else ""
    return province + _proper(city) + _proper(names.get(area, ""))


def _proper(name: str) -> str:
    """A name, unless it only says which level the areas below it are of."""
    return "" if name == "市" or name.startswith(_LEVEL_NAMES) else name


def area_known(area: str) -> bool:
    """Whether a six-digit code is, was or may since have become an area."""
    if area[:2] not in province_names() or area.endswith("0000"):
        return area[:2] in province_names()
    if area[:2] == BEIJING_PREFIX:
        return area in area_names()
    return area[:4] in _cities() or area[:2] not in _provinces_with_cities()


@cache
def _provinces_with_cities() -> frozenset[str]:
    return frozenset(city[:2] for city in _cities())
