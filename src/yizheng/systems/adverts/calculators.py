"""adverts.number, adverts.screen: numbers and texts of adverts, by the rules the pages ask."""

from collections.abc import Iterator, Sequence
from typing import Any

from yizheng.kernel.calculators import BadInput, Row, calculator
from yizheng.systems.adverts.numbers import HEALTH, TCM, problems, read_number
from yizheng.systems.adverts.screening.licence import AdvertLicence
from yizheng.systems.adverts.screening.screen import Outlet, screen


@calculator(
    "adverts.number",
    "医疗广告文号",
    source="医疗广告管理办法第九条、第十三条、第十四条；中医药法第十九条",
    input="text:text* organ:text* approved:date* on:date*",
    output="valid normal organ_of_number date serial valid_to state problems",
    choices={"organ": (HEALTH, TCM)},
    as_typed=True,
)
def number(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Each number read, with what speaks against it and how it stands on the day asked about."""
    for row in rows:
        found = read_number(row["text"])
        if found is None:
            yield {"problems": ["format"]}
            continue
        wrong = problems(found, row["organ"], row["approved"])
        yield {
            "valid": "no" if wrong else "yes",
            "normal": found.normal,
            "organ_of_number": found.organ,
            "date": found.day,
            "serial": found.serial,
            "valid_to": found.valid_to,
            "state": found.state(row["on"]) if row["on"] and not wrong else None,
            "problems": wrong,
        }


@calculator(
    "adverts.screen",
    "医疗广告初筛",
    source="医疗广告管理办法第五条至第七条、第十六条；广告法第九条、第十六条、第十九条",
    input=(
        "text:text* outlet:text name_first:text* other_names:text* address:text* ownership_form:text* category:text*"
        " subjects:text* beds:text* chairs:text*"
    ),
    output="verdict hits items",
    choices={"outlet": tuple(Outlet)},
    as_typed=True,
)
def screening(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The verdict on each text, the rules it hits, and the allowed items it holds."""
    for row in rows:
        found = screen(row["text"], row["outlet"], _licence(row))
        yield {"verdict": found.verdict, "hits": list(found.codes), "items": list(found.items)}


def _licence(row: Row) -> AdvertLicence:
    beds = row["beds"].strip()
    if beds and not beds.isdecimal():
        raise BadInput.at(row["line"], "beds", beds, "不是整数，请改为整数。")
    return AdvertLicence(
        name=row["name_first"],
        other_names=_list(row["other_names"]),
        address=row["address"],
        ownership=row["ownership_form"],
        category=row["category"],
        subjects=_list(row["subjects"]),
        beds=int(beds) if beds else None,
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())
