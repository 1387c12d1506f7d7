"""Working on after retirement (退休返聘): which of three ways it is, and what each of them needs.

医师法 第十五条; 医师执业注册管理办法 第十九条、第二十条. The register stays as it is only where the main institution itself rehires.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.doctors.checks.concerned import Concerned

SAME = "same"
OTHER = "other"
FILINGS = "filings"
SITUATIONS = (
    (SAME, "原主要执业机构返聘"),
    (OTHER, "其他机构聘用"),
    (FILINGS, "只在备案机构继续执业"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retiree(Concerned):
    """A doctor who retires, and where she goes on."""

    situation: str = ""
    at_main: bool = False
    """Whether the institution named is her main institution."""
    named: str = ""
    employment: str = ""
    retired_on: date | None = None


@check("W01", registration_rules(19), title="返聘的是现在的主要执业机构", needs=("rehire",))
def rehired_by_the_main_institution(retiree: Retiree, on: date) -> Iterator[Finding]:
    """Who was filed as having left is not rehired by a note; nor is another institution the same one."""
    if retiree.situation != SAME or not retiree.named:
        return
    if retiree.register_status == "LEFT":
        yield refuse(
            "rehire.situation",
            "已作离岗备案；原机构返聘的，由原机构撤销误报的离岗备案，或者办理变更主要执业机构",
        )
    elif not retiree.at_main:
        yield refuse(
            "rehire.institution", f"{retiree.named}不是您的主要执业机构；由其他机构聘用的请选“其他机构聘用”"
        )


@check("W02", registration_rules(20), title="换机构的先变更主要执业机构", needs=("rehire",))
def another_institution_becomes_the_main_one(retiree: Retiree, on: date) -> Iterator[Finding]:
    """Another employer becomes the main institution by the change that the law provides."""
    if retiree.situation != OTHER:
        return
    if retiree.register_status == "REG":
        words = "由原机构作离岗备案（退休）后，您再办理变更主要执业机构；返聘在变更时登记"
    else:
        words = "请办理变更主要执业机构，用工形式选“返聘”；离岗备案满二年前须办结"
    yield refuse("rehire.situation", words)


@check("W03", physicians_law(15), title="注册须有主要执业机构", needs=("rehire",))
def filings_alone_do_not_carry(retiree: Retiree, on: date) -> Iterator[Finding]:
    """A registration with filings only has no main institution: one of them must become it."""
    if retiree.situation == FILINGS:
        yield refuse(
            "rehire.situation",
            "只有备案机构不能执业，须有一个主要执业机构：请就其中一个备案机构办理变更主要执业机构，此前离岗备案的二年照计",
        )


@check("W04", registration_rules(19), title="还没有登记返聘", needs=("rehire",))
def not_rehired_yet(retiree: Retiree, on: date) -> Iterator[Finding]:
    """Nothing is entered twice."""
    if retiree.situation == SAME and retiree.at_main and retiree.employment == "rehired":
        yield refuse("rehire.institution", "已登记为返聘，不需要再办理")
