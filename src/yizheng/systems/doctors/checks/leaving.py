"""Leaving the main institution (离岗备案, 医师执业注册管理办法 第十九条): who files, when, and what is no leaving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import registration_rules
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.doctors.checks.concerned import Concerned

RULE = registration_rules(19)
RETIRED = "L02"
REHIRED = "rehired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaver(Concerned):
    """A doctor of the institution, and what it files about her."""

    at_this_institution: bool = True
    """Whether the institution that files is her main institution."""
    employment: str = ""
    reason: str = ""
    left_on: date | None = None
    completed_on: date | None = None
    file_by: date | None = None
    """The last day to file in time; a day off moves it."""


@check("L01", RULE, title="由主要执业机构备案", needs=("leave",))
def filed_by_the_main_institution(leaver: Leaver, on: date) -> Iterator[Finding]:
    """Only the institution that carries the registration says that the doctor left it."""
    if not leaver.at_this_institution:
        yield refuse("", "当事人的主要执业机构不是本机构，不能由本机构作离岗备案")


@check("L02", RULE, title="离岗已经发生、手续已经办结", needs=("leave",))
def has_left(leaver: Leaver, on: date) -> Iterator[Finding]:
    """What is to come is not filed."""
    if leaver.left_on is not None and leaver.left_on > on:
        yield refuse("leave.left_on", "离岗日期晚于今天，离岗之后再备案")
    if leaver.completed_on is not None and leaver.completed_on > on:
        yield refuse("leave.completed_on", "手续办结日期晚于今天，办结之后再备案")


@check("L03", RULE, title="在三十日内备案", needs=("leave",))
def filed_in_time(leaver: Leaver, on: date) -> Iterator[Finding]:
    """A late filing is still a filing; the desk learns that it was late."""
    if leaver.file_by is not None and on > leaver.file_by:
        yield advise(
            "leave.completed_on", f"应在手续办结后三十日内（{long_date(leaver.file_by)}前）备案，现已超过"
        )


@check("L04", RULE, title="本机构返聘的不作离岗备案", needs=("leave",))
def not_rehired_here(leaver: Leaver, on: date) -> Iterator[Finding]:
    """Who retires and is rehired by the same institution has not left it."""
    if leaver.reason == RETIRED and leaver.employment == REHIRED:
        yield refuse("leave.cause", "已登记退休后由本机构返聘，没有离岗；返聘结束后再备案")


@dataclass(frozen=True, slots=True, kw_only=True)
class Returner(Concerned):
    """A doctor whose leave filing is to be withdrawn as an error."""

    filed_here: bool = False
    """Whether the institution that asks is the one that filed."""
    changed_since: bool = False
    """Whether the registration was changed after the leave filing."""


@check("L05", RULE, title="由原备案机构撤销")
def withdrawn_by_who_filed(returner: Returner, on: date) -> Iterator[Finding]:
    """Another institution takes the doctor over by a change of main institution."""
    if returner.register_status == "LEFT" and not returner.filed_here:
        yield refuse("", "离岗备案不是本机构作的；由其他机构聘用的，请办理变更主要执业机构")


@check("L06", RULE, title="离岗备案之后没有其他登记变更")
def nothing_happened_since(returner: Returner, on: date) -> Iterator[Finding]:
    """Only a filing nothing rests upon can be taken back as never made."""
    if returner.changed_since:
        yield refuse("", "离岗备案之后登记又有变更，不能撤销；请登记机关核实后更正")
