"""The clocks of qualification and registration: idle, on leave, interrupted, assessment, suspension, bars, filings.

医师法 第十六条、第十七条、第十九条、第四十二条、第五十五条; 医师执业注册管理办法 第九条、第十条、第十八条、第十九条. A day
of an anniversary still counts as inside the period unless the dated rule says otherwise.
"""

from __future__ import annotations

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.clocks.declaring import Act, Clock, Firing, Told, declare
from yizheng.systems.doctors.clocks.numbers import lead
from yizheng.systems.doctors.filings.dependents import end_filing_at
from yizheng.systems.doctors.models import Deadline
from yizheng.systems.institutions import licences

ALL = frozenset(Told)
DEREGISTER = "doctor_ex_officio_deregistration"


def deregistering(reason: str) -> Act:
    """Deregistration ex officio for this reason."""
    return Act(DEREGISTER, {"ground": {"cause": reason}})


IDLE = declare(
    Clock(
        code="idle",
        title="取得资格后未注册",
        article=registration_rules(9),
        firing=Firing.TELL,
        lead=lead("idle", "取得资格后未注册", 180, registration_rules(9)),
        sentence="取得医师资格满二年未注册，此后首次注册须先接受培训并考核合格",
        tells=frozenset({Told.PERSON}),
        found_by="""
            select q.subject_id, q.line, (q.qualified_on + make_interval(years => %(idle_years)s))::date + %(inside)s as fires_on,
                   q.authority_scope, null::bigint as institution_id, q.opened as cause, q.level as about
            from doctors_qualification q
            where q.closed is null and q.valid_from <= %(today)s and q.valid_to > %(today)s {mine}
              and not exists (select from doctors_registration r where r.subject_id = q.subject_id and r.closed is null)
        """,
        codes="practice_level",
    )
)

LEAVE = declare(
    Clock(
        code="leave",
        title="离岗备案满二年",
        article=registration_rules(19),
        firing=Firing.PROPOSE,
        lead=lead("leave", "离岗备案满二年", 90, registration_rules(19)),
        sentence="离岗备案满二年未继续执业，注册将列入注销",
        tells=frozenset({Told.PERSON, Told.AUTHORITY}),
        looks_back=None,
        act=deregistering("D12"),
        found_by="""
            select q.subject_id, q.line, (since.began + make_interval(years => %(leave_years)s))::date + %(inside)s as fires_on,
                   q.authority_scope, null::bigint as institution_id, q.opened as cause, q.reason as about
            from doctors_registration q
            cross join lateral (
                select min(v.valid_from) as began from doctors_registration v
                where v.subject_id = q.subject_id and v.line = q.line and v.closed is null and v.status = 'LEFT'
                  and v.valid_from >= coalesce((
                      select max(w.valid_to) from doctors_registration w
                      where w.subject_id = q.subject_id and w.line = q.line and w.closed is null
                        and w.status <> 'LEFT' and w.valid_from < q.valid_from), date '0001-01-01')
            ) since
            where q.closed is null and q.status = 'LEFT' and q.valid_from <= %(today)s and q.valid_to > %(today)s {mine}
        """,
        codes="doctor_leave_reason",
    )
)

INTERRUPTION = declare(
    Clock(
        code="interruption",
        title="中止执业满二年",
        article=physicians_law(17, item=5),
        firing=Firing.PROPOSE,
        lead=lead("interruption", "中止执业满二年", 90, physicians_law(17)),
        sentence="主要执业机构终止后没有在任何机构执业满二年，注册将列入注销",
        tells=frozenset({Told.PERSON, Told.AUTHORITY}),
        looks_back=None,
        act=deregistering("D07"),
        found_by="""
            select q.subject_id, q.line,
                   (greatest(house.valid_from, q.valid_from, filed.ended) + make_interval(years => %(interrupted_years)s))::date
                       + %(inside)s as fires_on,
                   q.authority_scope, q.institution_id, house.opened as cause, '' as about
            from doctors_registration q
            join institutions_licence house on house.subject_id = q.institution_id and house.closed is null
             and house.valid_from <= %(today)s and house.valid_to > %(today)s
             and house.status in ('deregistered', 'revoked', 'filing_cancelled')
            left join lateral (
                select max(f.valid_to) as ended from doctors_filing f
                where f.subject_id = q.subject_id and f.closed is null
            ) filed on true
            where q.closed is null and q.status = 'REG' and q.valid_from <= %(today)s and q.valid_to > %(today)s {mine}
              and filed.ended is distinct from date '9999-12-31'
        """,
    )
)

_CYCLES = """
            left join lateral (
                select max(coalesce(
                    a.cycle_to,
                    make_date(%(anchor)s + ((extract(year from a.valid_from)::int - %(anchor)s) / %(cycle_years)s + 1)
                        * %(cycle_years)s - 1, 12, 31))) as day
                from doctors_assessment a
                where a.subject_id = q.subject_id and a.closed is null {counted}
            ) assessed on true
            cross join lateral (
                select %(anchor)s + ceil(
                    (extract(year from greatest(q.issued_on, q.first_practised_on, assessed.day + 1) - 1)::numeric + 1
                        - %(anchor)s) / %(cycle_years)s)::int * %(cycle_years)s as first_year
            ) cycle
            where q.closed is null and q.status = 'REG' and q.valid_from <= %(today)s and q.valid_to > %(today)s {mine}
"""
"""The first whole cycle after registration and after the last one assessed; who came in the middle of one joins the next."""

ASSESSMENT = declare(
    Clock(
        code="assessment",
        title="定期考核周期届满",
        article=physicians_law(42),
        firing=Firing.TELL,
        lead=lead("assessment", "定期考核周期届满", 90, physicians_law(42)),
        sentence="医师定期考核周期届满，须参加定期考核",
        tells=ALL,
        performed=True,
        found_by="""
            select q.subject_id, q.line,
                   make_date(
                       greatest(cycle.first_year, %(anchor)s + (extract(year from %(today)s::date)::int - %(anchor)s)
                           / %(cycle_years)s * %(cycle_years)s) + %(cycle_years)s - 1, 12, 31) as fires_on,
                   q.authority_scope, q.institution_id, q.opened as cause, '' as about
            from doctors_registration q {cycles}
        """.replace("{cycles}", _CYCLES.replace("{counted}", "")),
    )
)

MISSED = declare(
    Clock(
        code="missed",
        title="连续两个周期未考核",
        article=registration_rules(18),
        firing=Firing.PROPOSE,
        lead=lead("missed", "连续两个周期未考核", 180, registration_rules(18)),
        sentence="连续两个考核周期未参加医师定期考核，注册将列入注销",
        tells=ALL,
        looks_back=None,
        act=deregistering("D06"),
        found_by="""
            select q.subject_id, q.line, make_date(cycle.first_year + %(missed_years)s, 1, 1) as fires_on,
                   q.authority_scope, q.institution_id, q.opened as cause, '' as about
            from doctors_registration q {cycles}
        """.replace("{cycles}", _CYCLES.replace("{counted}", "and a.attended")),
    )
)

SUSPENSION = declare(
    Clock(
        code="suspension",
        title="暂停执业期满",
        article=physicians_law(42),
        firing=Firing.PROPOSE,
        lead=lead("suspension", "暂停执业期满", 15, physicians_law(42)),
        sentence="暂停执业期满，须再次考核或者恢复执业",
        tells=ALL,
        looks_back=None,
        act=Act("doctor_suspension_end"),
        found_by="""
            select q.subject_id, q.line, ordered.last_day + 1 as fires_on,
                   q.authority_scope, q.institution_id, q.opened as cause, q.status as about
            from doctors_registration q
            left join lateral (
                select max(o.suspended_to) as last_day from (
                    select subject_id, closed, suspended_from, suspended_to, 'SUSP_PENAL' as status from practitioners_penalty
                    union all
                    select subject_id, closed, suspended_from, suspended_to, 'SUSP_ASSESS' from doctors_assessment
                ) o
                where o.subject_id = q.subject_id and o.closed is null and o.status = q.status
                  and o.suspended_from <= q.valid_from
            ) ordered on true
            where q.closed is null and q.status in ('SUSP_PENAL', 'SUSP_ASSESS')
              and q.valid_from <= %(today)s and q.valid_to = date '9999-12-31' {mine}
        """,
        codes="doctor_register_status",
    )
)


def _resumed(due: Deadline, change: ChangeInProgress) -> str:
    """The register said from the beginning until when: what stood before the suspension stands again."""
    return "暂停执业（行政处罚）"


RESUMPTION = declare(
    Clock(
        code="resumption",
        title="处罚暂停执业期满",
        article=physicians_law(57),
        firing=Firing.END,
        lead=lead("resumption", "处罚暂停执业期满", 15, physicians_law(57)),
        sentence="行政处罚的暂停执业期满，恢复执业",
        tells=ALL,
        ends=_resumed,
        found_by="""
            select q.subject_id, q.line, q.valid_to as fires_on, q.authority_scope, q.institution_id,
                   q.opened as cause, '' as about
            from doctors_registration q
            where q.closed is null and q.status = 'SUSP_PENAL' and q.valid_to < date '9999-12-31' {mine}
              and exists (
                  select from doctors_registration n
                  where n.subject_id = q.subject_id and n.line = q.line and n.closed is null
                    and n.valid_from = q.valid_to and n.status in ('REG', 'LEFT'))
              and not exists (
                  select from doctors_registration longer
                  where longer.subject_id = q.subject_id and longer.line = q.line and longer.closed = q.opened
                    and longer.status = 'SUSP_PENAL' and longer.valid_to > q.valid_to)
        """,
    )
)

BAR = declare(
    Clock(
        code="bar",
        title="不予注册期限届满",
        article=physicians_law(16),
        firing=Firing.TELL,
        lead=lead("bar", "不予注册期限届满", 30, physicians_law(16)),
        sentence="不予注册的期限届满，考核合格后可以重新申请",
        tells=frozenset({Told.PERSON}),
        codes="doctor_refusal_reason",
        found_by="""
            select q.subject_id, q.line,
                   case when law.years is null then q.until + 1
                        else (q.valid_from + make_interval(years => law.years))::date + %(inside)s end as fires_on,
                   q.authority_scope, null::bigint as institution_id, q.opened as cause, q.ground as about
            from practitioners_bar q
            left join unnest(%(counted_grounds)s::text[], %(counted_years)s::int[]) as law(ground, years)
              on law.ground = q.ground
            where q.closed is null and q.valid_from <= %(today)s and q.valid_to > %(today)s {mine}
              and (law.years is not null or q.until is not null)
        """,
    )
)


def _filing_ended(due: Deadline, change: ChangeInProgress) -> str:
    """The register said from the beginning until when: nothing to write but that the day came."""
    return f"多机构备案 {licences.name_of(due.institution_id, due.fires_on)}"


def _house_ended(due: Deadline, change: ChangeInProgress) -> str:
    """Nobody practises at an institution that is no longer one. Raises LookupError when the filing is over already."""
    if not end_filing_at(due.subject_id, due.institution_id or 0, change, due.fires_on):
        raise LookupError(due.line)
    return f"多机构备案 {licences.name_of(due.institution_id, due.fires_on)}（机构已终止执业）"


FILING_HOUSE = declare(
    Clock(
        code="filing_house",
        title="备案机构终止执业",
        article=registration_rules(10),
        firing=Firing.END,
        lead=lead("filing_house", "备案机构终止执业", 30, registration_rules(10)),
        sentence="备案机构{house}终止执业，多机构备案终止",
        tells=ALL,
        looks_back=None,
        ends=_house_ended,
        found_by="""
            select q.subject_id, q.line, greatest(house.valid_from, q.valid_from) as fires_on,
                   q.authority_scope, q.institution_id, house.opened as cause, '' as about
            from doctors_filing q
            join institutions_licence house on house.subject_id = q.institution_id and house.closed is null
             and house.status in ('deregistered', 'revoked', 'filing_cancelled')
             and house.valid_from < q.valid_to and q.valid_from < house.valid_to
            where q.closed is null and q.valid_to > %(today)s {mine}
        """,
    )
)

FILING = declare(
    Clock(
        code="filing",
        title="多机构备案到期",
        article=registration_rules(10),
        firing=Firing.END,
        lead=lead("filing", "多机构备案到期", 30, registration_rules(10)),
        sentence="在{house}的多机构备案到期；继续执业的请先办理备案延期",
        tells=ALL,
        ends=_filing_ended,
        found_by="""
            select q.subject_id, q.line, q.valid_to as fires_on, q.authority_scope, q.institution_id,
                   q.opened as cause, '' as about
            from doctors_filing q
            where q.closed is null and q.valid_to < date '9999-12-31' {mine}
              and not exists (
                  select from doctors_filing n
                  where n.subject_id = q.subject_id and n.line = q.line and n.closed is null and n.valid_from = q.valid_to)
              and not exists (
                  select from doctors_filing longer
                  where longer.subject_id = q.subject_id and longer.line = q.line and longer.closed = q.opened
                    and longer.valid_to > q.valid_to)
        """,
    )
)
