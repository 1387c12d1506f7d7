"""adverts.number: the numbers of adverts, by the rules the pages ask."""

from collections.abc import Iterator, Sequence
from typing import Any

from yizheng.kernel.calculators import Row, calculator
from yizheng.systems.adverts.numbers import HEALTH, TCM, problems, read_number


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
            yield {"valid": "no", "problems": ["format"]}
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
