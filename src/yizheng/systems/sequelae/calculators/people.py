"""Identity, linkage and findings."""

from collections.abc import Iterator, Sequence
from typing import Any

from yizheng.kernel.calculators import Row, calculator
from yizheng.kernel.identifiers.citizen_numbers import NumberState, read_citizen_number
from yizheng.kernel.linkage.comparing import Record, compare
from yizheng.systems.sequelae.findings.text import Finding, findings

_FIRST_CENTURY = 1900
_SEXES = ("", "male", "female")


@calculator(
    "sequelae.citizen_id",
    "公民身份号码",
    source="GB 11643-1999",
    input="number:text",
    output="status number18 sex birth born_before_1900",
)
def citizen_id(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """What each number says, or the first thing wrong with it."""
    for row in rows:
        read = read_citizen_number(row["number"])
        if read.state is not NumberState.VALID:
            yield {"status": read.state}
            continue
        yield {
            "status": read.state, "number18": read.number, "sex": read.sex, "birth": read.birth,
            "born_before_1900": read.birth.year < _FIRST_CENTURY,
        }  # fmt: skip


@calculator(
    "sequelae.link_pairs",
    "记录配对",
    source="先号码后姓名、性别、出生日期；仅姓名和出生日期相同不得合并",
    input=("name_a:text sex_a:text? birth_a:date? number_a:text? name_b:text sex_b:text? birth_b:date? number_b:text?"),
    output="decision reason",
    choices={"sex_a": _SEXES, "sex_b": _SEXES},
)
def link_pairs(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Whether two records are of one person."""
    for row in rows:
        one, other = (
            Record(row[f"name_{side}"], row[f"sex_{side}"], row[f"birth_{side}"], row[f"number_{side}"])
            for side in "ab"
        )
        yield {"decision": compare(one, other)}


@calculator(
    "sequelae.finding_text",
    "阳性体征标准化",
    source="阳性体征字典",
    input="id:text text:text",
    output="id code term side certainty grade stage category size_mm change",
    by_row=False,
)
def finding_text(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The findings of each text, at least one line for each."""
    for row in rows:
        told = [_told(each) for each in findings(row["text"])] or [{}]
        yield from ({"id": row["id"], **each} for each in told)


def _told(each: Finding) -> dict[str, Any]:
    return {
        "code": each.term.code, "term": each.term.name, "side": each.side, "certainty": each.certainty,
        "grade": each.grade, "stage": each.stage, "category": each.category, "size_mm": each.size_mm,
        "change": each.change,
    }  # fmt: skip
