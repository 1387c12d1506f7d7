"""disclosure.sgs: the rules of 双公示 asked of a table of records, as the channel asks them before sending."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from yizheng.exchange.credit.rules import judge, record_of
from yizheng.exchange.credit.standards import standard
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
