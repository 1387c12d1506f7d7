"""The one value that rules about a standing short-term practice are asked about.

Rules about a short-term practice that stands: what may be changed of it, when it ends, when its certificate is made again.

Parts of forms about a short-term practice that stands: which one, what is to change, why it ends, why a new certificate.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from yizheng.documents.models import MadeFor
from yizheng.kernel.calendar import natural_days
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import Code
from yizheng.kernel.statutes import hk_macau_rules, licensing_law
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.fields import coded, day, in_order, radio
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.systems.doctors.checks.periods import periods
from yizheng.systems.doctors.forms.scopes import ScopesStep
from yizheng.systems.doctors.models import ShortTermPractice
from yizheng.systems.doctors.short_term.hmt_rules import ShortTermApplicant, cited
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.employer import employer_of

TO_REPORT = natural_days(30)
"""How long an institution has to report the end of the employment (第十三条)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingParty(ShortTermApplicant):
    """Somebody whose short-term practice stands, and what is asked about it."""

    stands: bool = False
    valid_until: date | None = None
    happened_on: date | None = None
    report_by: date | None = None
    """The last day to report what happened, moved to a working day."""
    reason: str = ""


@check(
    "D-HK20", hk_macau_rules(9), licensing_law(70), title="短期行医注册有效", english="The short-term practice is in force",
)  # fmt: skip
def practice_stands(party: StandingParty, on: date) -> Iterator[Finding]:
    """Only what stands can be changed, ended or certified again."""
    if not party.stands:
        sentence = "没有这家机构的有效短期行医注册；有效期已满的须重新申请注册"
        yield refuse("standing.institution", sentence, articles=cited(party.origin, 9))


@check("D-HK21", hk_macau_rules(9), title="变更不延长有效期", needs=("amended",))
def nothing_is_prolonged(party: StandingParty, on: date) -> Iterator[Finding]:
    """A longer contract is a new registration and no change."""
    if party.valid_until and party.contract_to and party.contract_to > party.valid_until:
        sentence = f"协议延长到有效期（{long_date(party.valid_until)}）之后的，期满前重新申请注册，变更不延长有效期"
        yield advise("amended.contract_to", sentence, articles=cited(party.origin, 9))


@check("D-HK22", hk_macau_rules(13), title="情形已经发生并在三十日内报告", needs=("ending",))
def reported_in_time(party: StandingParty, on: date) -> Iterator[Finding]:
    """What has not happened ends nothing; a late report is put to a person."""
    happened = party.happened_on
    if happened is None:
        return
    if happened > on:
        yield refuse("ending.happened_on", "注销情形还没有发生", articles=cited(party.origin, 13))
    elif party.report_by is not None and on > party.report_by:
        sentence = f"情形发生已 {(on - happened).days} 日，超过三十日的报告期限，请核实知悉日期"
        yield advise("ending.happened_on", sentence, articles=cited(party.origin, 13))


_AS_REGISTERED = "登记内容，不能改"


class StandingStep(Step):
    """Which practice is meant, as the register has it."""

    code = "standing"
    title = "现有注册"
    fixed = {"institution": _AS_REGISTERED, "certificate_number": _AS_REGISTERED}
    rows = (("institution", "certificate_number"),)

    institution = forms.CharField(label="聘用机构", max_length=200)
    certificate_number = forms.CharField(label="证书编号", max_length=40)


class AmendedPracticeStep(ScopesStep):
    """What becomes of the practice within its days; another host is a registration of its own."""

    code = "amended"
    title = "变更内容"
    rows = (("scope", "department"), ("contract_from", "contract_to"))

    scope = coded("practice_scope", "执业范围")
    department = forms.CharField(label="科室", max_length=50, required=False)
    contract_from = day("协议开始")
    contract_to = day("协议结束", hint="有效期不因此延长；更早的结束日期同时缩短有效期")
    purpose = forms.CharField(label="变更理由", max_length=200)

    def clean(self) -> dict[str, Any]:
        """The contract does not end before it begins."""
        cleaned = super().clean() or self.cleaned_data
        in_order(self, cleaned, "contract_from", "contract_to", "协议结束日期早于开始日期，请核对")
        return cleaned


def _asked_by_parties(code: Code) -> bool:
    """Revocation is a penalty and no request."""
    return not code.flag("sanction")


class EndingStep(Step):
    """Why the practice ends, and since when."""

    code = "ending"
    title = "注销情形"
    rows = (("ground", "happened_on"),)

    ground = coded("short_term_ending_reason", "注销原因", only=_asked_by_parties)
    happened_on = day("情形发生日期", hint="机构应自知悉之日起 30 日内报告")
    explanation = forms.CharField(label="说明", max_length=300, required=False)


class ReissueStep(Step):
    """Why the certificate is made again."""

    code = "reissue"
    title = "补证原因"

    cause = radio("原因", ((MadeFor.LOST.value, "遗失"), (MadeFor.DAMAGED.value, "损坏")))
    explanation = forms.CharField(label="经过说明", max_length=300)


def party_of(
    meant: Iterable[ShortTermPractice], licence: InstitutionLicence | None, on: date, **asked: Any
) -> StandingParty:
    """What stands at the host, and what is ``asked`` about it."""
    standing, happened = next(iter(meant), None), asked.get("happened_on")
    return StandingParty(
        report_by=None if happened is None else working_calendar().due(happened, TO_REPORT).last,
        stands=standing is not None,
        origin="" if standing is None else standing.origin,
        category="" if standing is None else standing.category,
        valid_until=None if standing is None else standing.valid_until,
        employer=None if licence is None else employer_of(licence),
        periods=periods(on),
        **asked,
    )
