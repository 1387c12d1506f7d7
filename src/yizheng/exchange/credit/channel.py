"""The channel of 双公示: every permission within seven working days of its decision (国办发〔2015〕51号; 国发〔2016〕33号).

A record that came back is mended where it comes from, and sent once more under its key as an update.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from yizheng.exchange.channels.declaring import Channel, Draft, MessageKind
from yizheng.exchange.channels.running import declare_running
from yizheng.exchange.credit import records
from yizheng.exchange.credit.rules import PERSON
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind

PARTNER = "city-credit"
_TITLE = "市公共信用信息平台"
SAMPLE = {
    "XK_XDR_MC": "北京样例医院", "XK_XDR_LB": "法人及非法人组织", "XK_XDR_SHXYM": "12110108E999900179", "XK_FRDB": "周远山",
    "XK_WSH": "样例〔2026〕1号", "XK_JDRQ": "2026/03/02",
}  # fmt: skip


def _collect(changes: Sequence[int]) -> Iterable[Draft]:
    return records.drafts(records.of_changes(changes))


def _again(numbers: Sequence[str]) -> Iterable[Draft]:
    return records.drafts(records.of_numbers(numbers))


def _every(days: tuple[date, date]) -> Iterable[str]:
    return [each.number for each in records.decided_between(*days)]


def _filled(rows: Sequence[tuple[int, dict[str, Any]]]) -> None:
    people = [(subject, payload) for subject, payload in rows if payload["XK_XDR_LB"] == PERSON]
    if people:
        numbers = vault.pass_on({subject for subject, _ in people}, IdentifierKind.RESIDENT_ID, _TITLE)
        for subject, payload in people:
            payload["XK_XDR_ZJHM"] = numbers.get(subject, "")


CREDIT = declare_running(
    Channel(
        "credit",
        "双公示（行政许可信用信息）",
        PARTNER,
        "医师、护士、医疗机构、医疗广告的行政许可决定，自决定之日起七个工作日内报送",
        (MessageKind(records.LICENCE, "行政许可信息", "行政许可决定文书号", SAMPLE),),
        collect=_collect,
        again=_again,
        every=_every,
        filled=_filled,
        mappings=("credit_category",),
        batch=200,
    )
)
