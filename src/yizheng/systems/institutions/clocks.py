"""The clocks of licensed institutions: verification, orders and deferrals, suspension, the terms of licence and approval.

细则 第三十四条、第三十六条、第三十八条; 条例 第二十条、第二十一条; 行政许可法 第七十条.
"""

from typing import Any

from yizheng.kernel.statutes import institution_regulation, institution_rules, licensing_law, verification_rules
from yizheng.licensing.deadlines.clocks import Clock, Recipient, RegisterClocks, declare
from yizheng.licensing.ports.consequences import ProposedAct
from yizheng.licensing.states import ENDED, CaseState
from yizheng.systems.institutions.models import (
    EstablishmentApproval,
    InstitutionLicence,
    Suspension,
    VerificationPeriod,
)
from yizheng.systems.institutions.register import INSTITUTIONS
from yizheng.systems.institutions.verification.applications import AGAIN, FIRST
from yizheng.systems.institutions.verification.clock import MONTHS_TO_APPLY

_CLOSED = ", ".join(f"'{each}'" for each in sorted({*ENDED, CaseState.DRAFT}))
NOT_APPLIED = f"""not exists (
    select from licensing_case c
    where c.subject_id = fact.subject_id and c.item_code in ('{FIRST}', '{AGAIN}') and c.state not in ({_CLOSED}))"""
"""No application to be verified is before the authority."""
OF_KINDS = """exists (
    select from institutions_licence l
    where l.subject_id = fact.subject_id and l.closed is null and l.valid_from <= %(today)s and l.valid_to > %(today)s
    and l.kind {kinds})"""
"""Of institutions registered so: clinics that filed end by another act."""
OF_STATUS = """exists (
    select from institutions_licence l
    where l.subject_id = fact.subject_id and l.closed is null and l.valid_from <= %(today)s and l.valid_to > %(today)s
    and l.status = {status})"""
"""Of institutions that stand so."""
LICENCES = RegisterClocks(register=INSTITUTIONS, parameters=lambda on: {"months": MONTHS_TO_APPLY})
_BOTH: dict[str, Any] = {
    "of": LICENCES, "institution": "fact.subject_id",
    "recipients": frozenset({Recipient.INSTITUTION, Recipient.AUTHORITY}),
}  # fmt: skip


def _ending(cause: str) -> ProposedAct:
    return ProposedAct("inst_deregister_ex_officio", {"closing": {"cause": cause}})


declare(
    Clock(
        **_BOTH, code="check_apply", title="医疗机构应当申请校验", article=institution_rules(36), warn_days=30,
        sentence="校验期满前三个月，应当申请校验", fact=VerificationPeriod,
        fires_on="(fact.due_on - make_interval(months => %(months)s))::date", on_the_day=True,
        where=f"fact.deferred_to is null and {NOT_APPLIED}",
    ),
    Clock(
        **_BOTH, code="check_due", title="医疗机构校验期届满", article=institution_regulation(21), warn_days=60, again=(30, 7),
        sentence="校验期届满，还没有申请校验", fact=VerificationPeriod, fires_on="fact.due_on + 1",
        where=f"fact.deferred_to is null and {NOT_APPLIED}",
    ),
    Clock(
        **_BOTH, code="check_order", title="责令补办校验的期限届满", article=institution_regulation(21), warn_days=7,
        sentence="责令补办校验的期限届满，仍未申请", fact=VerificationPeriod, fires_on="greatest(fact.order_by, fact.due_on) + 1",
        where=f"fact.order_by is not null and {NOT_APPLIED}", act=_ending("check_not_applied"),
    ),
    Clock(
        **_BOTH, code="check_again", title="暂缓校验期满，可以申请再次校验", article=institution_rules(38), warn_days=30,
        sentence="暂缓校验期满，五日内申请再次校验", fact=VerificationPeriod, fires_on="fact.deferred_to + 1", on_the_day=True,
        where=f"fact.deferred_to is not null and {NOT_APPLIED}",
    ),
    Clock(
        **_BOTH, code="check_again_by", title="再次校验的申请期限届满", article=verification_rules(24), warn_days=5,
        sentence="再次校验的申请期限届满，仍未申请", fact=VerificationPeriod, fires_on="fact.again_by + 1",
        where=f"fact.again_by is not null and {NOT_APPLIED}", act=_ending("check_failed"),
    ),
    Clock(
        **_BOTH, code="suspension_end", title="医疗机构停业期满", article=institution_rules(34), warn_days=30,
        sentence="批准的停业期满，应当恢复执业或者办理注销", fact=Suspension, fires_on="fact.to_on + 1",
    ),
    Clock(
        **_BOTH, code="suspension_year", title="医疗机构停业满一年", article=institution_regulation(20, 2), warn_days=90,
        again=(30,), sentence="停业超过一年，视为歇业", fact=Suspension, fires_on="(fact.from_on + interval '1 year')::date",
        where="fact.reason = 'other' and " + OF_KINDS.format(kinds="not in ('clinic_filed', 'tcm_clinic_filed')"),
        act=_ending("idle"),
    ),
    Clock(
        **_BOTH, code="licence_term", title="医疗机构执业许可证有效期届满", article=licensing_law(70, None, 1), warn_days=90,
        again=(30,), sentence="执业许可证有效期届满；继续执业的须在届满三十日前申请延续", fact=InstitutionLicence,
        fires_on="fact.term_to + 1",
        where="fact.term_to is not null and fact.status not in ('deregistered', 'revoked', 'preparing')",
        act=_ending("term_ended"),
    ),
    Clock(
        **_BOTH, code="setup_lapses", title="设置医疗机构批准书有效期届满", article=institution_rules(22), warn_days=60, again=(30,),
        sentence="设置批准书的有效期届满，没有申请执业登记的，须重新申请设置审批", fact=EstablishmentApproval,
        fires_on="fact.lapses_on + 1", where="fact.lapses_on is not null and " + OF_STATUS.format(status="'preparing'"),
    ),
)  # fmt: skip
