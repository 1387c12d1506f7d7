"""The clocks of qualification and registration: idle, on leave, interrupted, assessment, suspension, bars, filings.

医师法 第十六条、第十七条、第十九条、第四十二条、第五十五条; 医师执业注册管理办法 第十条、第十二条、第十八条、第十九条. A day
of an anniversary still counts as inside the period unless the dated rule says otherwise.
"""

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.deadlines.clocks import Recipient, declare
from yizheng.licensing.ports.consequences import ProposedAct
from yizheng.systems.doctors.clocks.numbers import CLOCKS, clock
from yizheng.systems.doctors.filings.dependents import end_filing_at
from yizheng.systems.doctors.models import InstitutionFiling, Qualification, Registration
from yizheng.systems.practitioners.clocks import ENDED_INSTITUTION, NO_INSTITUTION, filing_clocks, resumption_clock
from yizheng.systems.practitioners.models import RegistrationBar


def deregistration(reason: str) -> ProposedAct:
    """Deregistration ex officio for this reason."""
    return ProposedAct("doctor_ex_officio_deregistration", {"ground": {"cause": reason}})


_CYCLES = """
    left join lateral (
        select max(coalesce(
            a.cycle_to,
            case when extract(year from a.valid_from) < %(anchor)s
                 then make_date(%(anchor)s - (%(anchor)s - extract(year from a.valid_from)::int - 1)
                     / %(former_years)s * %(former_years)s - 1, 12, 31)
                 else make_date(%(anchor)s + ((extract(year from a.valid_from)::int - %(anchor)s) / %(cycle_years)s + 1)
                     * %(cycle_years)s - 1, 12, 31) end)) as day
        from doctors_assessment a
        where a.subject_id = fact.subject_id and a.closed is null {counted}
    ) assessed on true
    cross join lateral (
        select extract(year from greatest(fact.issued_on, fact.first_practised_on, assessed.day + 1) - 1)::int + 1 as year
    ) joined
    cross join lateral (
        select case when joined.year < %(anchor)s
                    then %(anchor)s - (%(anchor)s - joined.year) / %(former_years)s * %(former_years)s
                    else %(anchor)s + ceil((joined.year - %(anchor)s)::numeric / %(cycle_years)s)::int * %(cycle_years)s
               end as first_year
    ) cycle
    cross join lateral (
        select least(%(missed_cycles)s, greatest(%(anchor)s - cycle.first_year, 0) / %(former_years)s) as former
    ) missed
"""
"""The first whole cycle after registration and after the last one assessed; who came in the middle of one joins the next."""


declare(
    clock(
        code="idle",
        title="取得资格后未注册",
        article=registration_rules(12),
        warn_days=180,
        sentence="取得医师资格满二年未注册，此后首次注册须先接受培训并考核合格",
        recipients=frozenset({Recipient.PERSON}),
        fact=Qualification,
        fires_on="(fact.qualified_on + make_interval(years => %(idle_years)s))::date + %(inside)s",
        where="""
            not exists (
                select from doctors_registration r where r.subject_id = fact.subject_id and r.closed is null)
        """,
        institution=NO_INSTITUTION,
        about="fact.level",
        codes="practice_level",
    ),
    clock(
        code="leave",
        title="离岗备案满二年",
        article=registration_rules(19),
        warn_days=90,
        sentence="离岗备案满二年未继续执业，注册将列入注销",
        recipients=frozenset({Recipient.PERSON, Recipient.AUTHORITY}),
        act=deregistration("D12"),
        fact=Registration,
        joins="""
            cross join lateral (
                select min(v.valid_from) as began from doctors_registration v
                where v.subject_id = fact.subject_id and v.line = fact.line and v.closed is null and v.status = 'LEFT'
                  and v.valid_from >= coalesce((
                      select max(w.valid_to) from doctors_registration w
                      where w.subject_id = fact.subject_id and w.line = fact.line and w.closed is null
                        and w.status <> 'LEFT' and w.valid_from < fact.valid_from), date '0001-01-01')
            ) since
        """,
        fires_on="(since.began + make_interval(years => %(leave_years)s))::date + %(inside)s",
        where="fact.status = 'LEFT'",
        institution=NO_INSTITUTION,
        about="fact.reason",
        codes="doctor_leave_reason",
    ),
    clock(
        code="interruption",
        title="中止执业满二年",
        article=physicians_law(17, item=5),
        warn_days=90,
        sentence="主要执业机构终止后没有在任何机构执业满二年，注册将列入注销",
        recipients=frozenset({Recipient.PERSON, Recipient.AUTHORITY}),
        act=deregistration("D07"),
        fact=Registration,
        joins=ENDED_INSTITUTION  # noqa: S608 constants of this file
        + """
            left join lateral (
                select max(f.valid_to) as ended from doctors_filing f
                where f.subject_id = fact.subject_id and f.closed is null
            ) filed on true
        """,
        fires_on="""
            (greatest(licence.valid_from, fact.valid_from, filed.ended) + make_interval(years => %(interrupted_years)s))::date
                + %(inside)s
        """,
        where="""
            fact.status = 'REG' and filed.ended is distinct from date '9999-12-31'
            and licence.valid_from <= %(today)s and licence.valid_to > %(today)s
        """,
        cause="licence.opened",
    ),
    clock(
        code="assessment",
        title="定期考核周期届满",
        article=physicians_law(42),
        warn_days=90,
        sentence="医师定期考核周期届满，须参加定期考核",
        fact=Registration,
        joins=_CYCLES.format(counted=""),
        on_the_day=True,
        fires_on="""
            make_date(
                greatest(cycle.first_year, %(anchor)s + (extract(year from %(today)s::date)::int - %(anchor)s)
                    / %(cycle_years)s * %(cycle_years)s) + %(cycle_years)s - 1, 12, 31)
        """,
        where="fact.status = 'REG'",
    ),
    clock(
        code="missed",
        title="连续两个周期未考核",
        article=registration_rules(18),
        warn_days=180,
        sentence="连续两个考核周期未参加医师定期考核，注册将列入注销",
        act=deregistration("D06"),
        fact=Registration,
        joins=_CYCLES.format(counted="and a.attended"),
        fires_on="""
            make_date(cycle.first_year + missed.former * %(former_years)s
                + (%(missed_cycles)s - missed.former) * %(cycle_years)s, 1, 1)
        """,
        where="fact.status = 'REG'",
    ),
    clock(
        code="suspension",
        title="暂停执业期满",
        article=physicians_law(42),
        warn_days=15,
        sentence="暂停执业期满，须再次考核或者恢复执业",
        act=ProposedAct("doctor_suspension_end"),
        fact=Registration,
        joins="""
            left join lateral (
                select max(o.suspended_to) as last_day from (
                    select subject_id, closed, suspended_from, suspended_to, 'SUSP_PENAL' as status from practitioners_penalty
                    where of_register = 'doctor'
                    union all
                    select subject_id, closed, suspended_from, suspended_to, 'SUSP_ASSESS' from doctors_assessment
                ) o
                where o.subject_id = fact.subject_id and o.closed is null and o.status = fact.status
                  and o.suspended_from <= fact.valid_from
            ) ordered on true
        """,
        fires_on="ordered.last_day + 1",
        where="fact.status in ('SUSP_PENAL', 'SUSP_ASSESS') and fact.valid_to = date '9999-12-31'",
        about="fact.status",
        codes="doctor_register_status",
    ),
    resumption_clock(CLOCKS, Registration, "SUSP_PENAL", physicians_law(57), back=("REG", "LEFT")),
    clock(
        code="bar",
        title="不予注册期限届满",
        article=physicians_law(16),
        warn_days=30,
        sentence="不予注册的期限届满，考核合格后可以重新申请",
        recipients=frozenset({Recipient.PERSON}),
        fact=RegistrationBar,
        joins="""
            left join unnest(%(counted_grounds)s::text[], %(counted_years)s::int[]) as law(ground, years)
              on law.ground = fact.ground
        """,
        on_the_day=True,
        fires_on="""
            case when law.years is null then fact.until + 1
                 else (case fact.ground when 'R02' then fact.until else fact.valid_from end
                       + make_interval(years => law.years))::date + %(inside)s end
        """,
        where="""
            fact.of_register = 'doctor'
            and (law.years is not null and fact.ground <> 'R02' or fact.until is not null)
        """,
        institution=NO_INSTITUTION,
        about="fact.ground",
        codes="doctor_refusal_reason",
    ),
    *filing_clocks(CLOCKS, InstitutionFiling, registration_rules(10), end_filing_at),
)
