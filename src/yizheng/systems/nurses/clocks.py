"""The clocks of nurses: the end of a term with its reminders, three years after the pass or the last day, the end of a bar.

护士条例 第七条、第十条、第二十一条、第三十二条; 母婴保健法实施办法 第三十五条 for the last day of a midwife's certificate.
"""

from dataclasses import asdict
from datetime import date
from functools import partial

from yizheng.disclosure.publishing import refresh
from yizheng.kernel.statutes import maternal_measures, nurse_regulation, nurse_rules
from yizheng.licensing.deadlines.clocks import Clock, Recipient, RegisterClocks, declare
from yizheng.licensing.ports.consequences import ProposedAct
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.nurses.models import (
    SUSPENDED,
    NurseExamResult,
    NurseFiling,
    NurseRegistration,
    NurseSpecialQualification,
)
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.nurses.rules import Limits
from yizheng.systems.practitioners.amending import end_standing
from yizheng.systems.practitioners.clocks import NO_INSTITUTION, filing_clocks, resumption_clock, special_clock
from yizheng.systems.practitioners.models import PenaltyRecord

CLOCKS = RegisterClocks(
    register=NURSES, parameters=lambda on: asdict(Limits.on(on)), after_end=partial(refresh, NURSES.code)
)
HERSELF = frozenset({Recipient.PERSON})
_LAST_DAY = (
    "least(fact.term_to, case when fact.status in ('REG', 'SUSP') then fact.term_to else fact.valid_from - 1 end)"
)
"""The last day on which she was registered."""


def end_filing_at(subject_id: int, institution: int, change: ChangeInProgress, on: date) -> int:
    """End the filing at one institution; returns how many ended."""
    return end_standing(NurseFiling, subject_id, change, on, institution_id=institution)


declare(
    Clock(
        of=CLOCKS,
        code="nurse_term",
        title="护士注册有效期届满",
        article=nurse_regulation(21),
        warn_days=180,
        again=(90, 60, 30),
        sentence="护士执业注册有效期届满，未延续注册的不得从事护理活动",
        act=ProposedAct("nurse_deregistration_on_record", {"ground": {"cause": "N01"}}),
        fact=NurseRegistration,
        fires_on="fact.term_to + 1",
        where="fact.status in ('REG', 'SUSP')",
    ),
    Clock(
        of=CLOCKS,
        code="nurse_late",
        title="考试合格后未注册",
        article=nurse_regulation(7),
        warn_days=180,
        sentence="护士执业资格考试合格满三年未注册，此后申请须先接受三个月临床护理培训并考核合格",
        recipients=HERSELF,
        fact=NurseExamResult,
        holds_today=False,
        fires_on="(fact.passed_on + make_interval(years => %(fresh_years)s))::date + 1",
        where="""
            fact.passed and not exists (
                select from nurses_registration r where r.subject_id = fact.subject_id and r.closed is null)
        """,
        institution=NO_INSTITUTION,
    ),
    Clock(
        of=CLOCKS,
        code="nurse_interrupted",
        title="中断护理满三年",
        article=nurse_rules(16),
        warn_days=180,
        sentence="注册终止满三年，此后重新注册须先接受三个月临床护理培训并考核合格",
        recipients=HERSELF,
        fact=NurseRegistration,
        fires_on=f"({_LAST_DAY} + make_interval(years => %(fresh_years)s))::date + 1",
        where=f"{_LAST_DAY} < %(today)s and fact.status in ('REG', 'SUSP', 'DEREG', 'REVOKED', 'ANNULLED')",
        institution=NO_INSTITUTION,
    ),
    Clock(
        of=CLOCKS,
        code="nurse_bar",
        title="吊销后不得申请的期限届满",
        article=nurse_regulation(32),
        warn_days=30,
        sentence="护士执业证书被吊销满二年，可以申请重新注册",
        recipients=HERSELF,
        fact=PenaltyRecord,
        holds_today=False,
        on_the_day=True,
        fires_on="(fact.valid_from + make_interval(years => %(revoked_years)s))::date + 1",
        where="fact.of_register = 'nurse' and fact.kind = 'revocation'",
        institution=NO_INSTITUTION,
    ),
    Clock(
        of=CLOCKS,
        code="nurse_bar_on_record",
        title="据文书登记的吊销，不得申请的期限届满",
        article=nurse_regulation(32),
        warn_days=30,
        sentence="护士执业证书被吊销满二年，可以申请重新注册",
        recipients=HERSELF,
        fact=NurseRegistration,
        on_the_day=True,
        fires_on="(fact.valid_from + make_interval(years => %(revoked_years)s))::date + 1",
        where="""
            fact.status = 'REVOKED' and not exists (
                select from practitioners_penalty p
                where p.subject_id = fact.subject_id and p.closed is null and p.of_register = 'nurse'
                  and p.kind in ('revocation', 'revocation_ban'))
        """,
        institution=NO_INSTITUTION,
    ),
    resumption_clock(CLOCKS, NurseRegistration, SUSPENDED, nurse_regulation(31), "nurse_"),
    special_clock(CLOCKS, NurseSpecialQualification, "nurse_special", maternal_measures(35)),
    *filing_clocks(CLOCKS, NurseFiling, nurse_regulation(9), end_filing_at, "nurse_"),
)
