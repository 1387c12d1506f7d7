"""disclosure.sgs, credit.publication_term: the rules of 双公示 asked of records, and how long a penalty is published."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from yizheng.exchange.credit.rules import judge, record_of
from yizheng.exchange.credit.standards import standard
from yizheng.exchange.credit.terms import UnknownGrade, is_shown, publication_term, withdrawn_by
from yizheng.kernel.calculators import BadInput, Row, calculator
from yizheng.kernel.calendar.calculators import calendar

_BESIDE = " register_name:text* first_sent:date*"


def _columns(table: Any) -> str:
    return " ".join(f"{each.name}:text*" for each in standard(table, date.max).fields) + _BESIDE


@calculator(
    "disclosure.sgs",
    "双公示数据校验",
    source="国办发〔2015〕51号；发改办财金〔2018〕424号 双公示数据标准；GB 32100；GB 11643",
    input={table: _columns(table) for table in ("license", "penalty")},
    chosen_by="table",
    output="rules workdays",
    parameters={"table": None, "today": None},
    as_typed=True,
)
def sgs(rows: Sequence[Row], table: Any, today: Any) -> Iterator[dict[str, Any]]:
    """The rules each record breaks, and the working days since its decision."""
    try:
        day = date.fromisoformat(today)
    except (TypeError, ValueError):
        raise BadInput(f"参数“today”的值“{today}”不是日期，请写成2026-01-31的样子。") from None
    records = (record_of(table, row, day, row["register_name"], row["first_sent"]) for row in rows)
    for verdict in judge(records, calendar()):
        yield {"rules": list(verdict.broken), "workdays": verdict.workdays}


@calculator(
    "credit.publication_term",
    "行政处罚公示期限",
    source="北京市优化营商环境条例第七十三条；行政处罚法第四十八条、第八十五条",
    input="grade:text decided:date on:date repaired:text* fulfilled:text* annulled:date*",
    output="published repair_from last_day shown withdrawn_by",
    choices={"grade": ("轻微", "一般", "严重"), "repaired": ("yes", "no"), "fulfilled": ("yes", "no")},
    as_typed=True,
)
def term(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """From when a penalty can be asked down, the last day it is shown, and whether it is shown on a day."""
    for row in rows:
        try:
            found = publication_term(row["grade"], row["decided"])
        except UnknownGrade as unknown:
            raise BadInput(str(unknown)) from None
        shown = is_shown(found, row["on"], repaired=row["repaired"] == "yes", fulfilled=row["fulfilled"] == "yes")
        gone = withdrawn_by(row["annulled"], calendar()) if row["annulled"] else None
        yield {
            "published": "yes" if found.published else "no", "repair_from": found.repair_from, "last_day": found.last_day,
            "shown": "yes" if shown else "no", "withdrawn_by": gone,
        }  # fmt: skip
