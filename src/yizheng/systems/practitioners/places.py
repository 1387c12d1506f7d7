"""Places of practice (执业地点): the province for a physician, the district for an assistant (医师执业注册管理办法 第七条)."""

from yizheng.kernel.codes import Code, name_of, table

CITY = "110000"


def another_province(row: Code) -> bool:
    """Whether a row of the table of provinces is one that keeps registers of its own, beside Beijing."""
    return row.flag("issues_resident_ids") and row.code != CITY[:2]


def place_of(level: str, district: str) -> str:
    """The place a registration of this level at an institution in ``district`` stands for."""
    reach = table("practice_level")[level].attributes["place_level"]
    return CITY if reach == "province" else district


def place_name(place: str) -> str:
    """北京市, 北京市海淀区; empty for a doctor in training who has no place yet."""
    if not place:
        return ""
    city = name_of("district", CITY)
    return city if place == CITY else f"{city}{name_of('district', place)}"


def number_area(authority_code: str, district: str) -> str:
    """The six digits of first issue inside a practice number: the authority's own area, else the district it lies in.

    Offices without an area of their own (a development area, the city's office of Chinese medicine) issue under the
    land district or the city.
    """
    if authority_code.isdecimal():
        return authority_code
    return district if authority_code == "BDA" else CITY
