"""备案后核查: a filing takes effect at once, and the authority visits afterwards (北京市中医药条例 第二十三条第四款).

What the visit found stands here: the day it is due, that it was passed, or until when the institution was ordered to put right
what was found.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import FILLED, HATCHED, OUTLINED, Entry, Told
from yizheng.registry.fields import CodeField, DayField, TextField
from yizheng.systems.institutions.register import INSTITUTIONS

LINE = "filing_check"
"""The line of the visit: an institution has one."""
DUE, PASSED, ORDERED = "due", "passed", "ordered"
CHECK_STATES: Final[Mapping[str, str]] = {DUE: "待核查", PASSED: "核查合格", ORDERED: "责令改正"}


def _look(version: FilingCheck) -> str:
    return {DUE: OUTLINED, PASSED: FILLED}.get(version.state, HATCHED)


class FilingCheck(VisibleState):
    """How the visit after a filing stands, from the filing until it is cancelled."""

    register = INSTITUTIONS
    label = "备案后核查"
    order, weight, drawn = 12, 45, _look
    told = Told(
        "{state}　期限 {due_on}　改正至 {correct_by}", begins="备案后核查：{state}", changes="备案后核查：{state}",
        ends="备案后核查终止",
    )  # fmt: skip
    entry = Entry("备案后核查", "{state}　期限 {due_on}　核查 {visited_on}　改正至 {correct_by}　{found}", place=42)

    state = CodeField("核查情况", 10, table=CHECK_STATES, public=True)
    due_on = DayField("核查期限")
    visited_on = DayField("核查日期", null=True, public=True)
    correct_by = DayField("改正期限", null=True)
    found = TextField("发现的问题", 500, blank=True)

    class Meta:
        verbose_name = "备案后核查"
        db_table = "institutions_filing_check"
