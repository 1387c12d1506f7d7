"""Rules about a short-term practice that stands: what may be changed of it, when it ends, when its certificate is made again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import hk_macau_rules, licensing_law
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.doctors.checks.short_term import ShortTermApplicant, cited

DAYS_TO_REPORT = 30
"""Natural days an institution has to report the end of the employment (第十三条)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingParty(ShortTermApplicant):
    """Somebody whose short-term practice stands, and what is asked about it."""

    stands: bool = False
    valid_until: date | None = None
    happened_on: date | None = None
    reason: str = ""


@check(
    "K20", hk_macau_rules(9), licensing_law(70), title="短期行医注册有效", english="The short-term practice is in force",
)  # fmt: skip
def practice_stands(party: StandingParty, on: date) -> Iterator[Finding]:
    """Only what stands can be changed, ended or certified again."""
    if not party.stands:
        sentence = "没有这家机构的有效短期行医注册；有效期已满的须重新申请注册"
        yield refuse("standing.institution", sentence, articles=cited(party.origin, 9))


@check("K21", hk_macau_rules(9), title="变更不延长有效期", needs=("amended",))
def nothing_is_prolonged(party: StandingParty, on: date) -> Iterator[Finding]:
    """A longer contract is a new registration and no change."""
    if party.valid_until and party.contract_to and party.contract_to > party.valid_until:
        sentence = (
            f"协议延长到有效期（{long_date(party.valid_until)}）之后的，期满前重新申请注册，变更不延长有效期"
        )
        yield advise("amended.contract_to", sentence, articles=cited(party.origin, 9))


@check("K22", hk_macau_rules(13), title="情形已经发生并在三十日内报告", needs=("ending",))
def reported_in_time(party: StandingParty, on: date) -> Iterator[Finding]:
    """What has not happened ends nothing; a late report is put to a person."""
    happened = party.happened_on
    if happened is None:
        return
    if happened > on:
        yield refuse("ending.happened_on", "注销情形还没有发生", articles=cited(party.origin, 13))
    elif (on - happened).days > DAYS_TO_REPORT:
        sentence = f"情形发生已 {(on - happened).days} 日，超过三十日的报告期限，请核实知悉日期"
        yield advise("ending.happened_on", sentence, articles=cited(party.origin, 13))
