"""The clocks of what has a last day: short-term practice, village doctors, special qualifications, transplant recognition.

港澳医师、台湾医师短期行医规定 第九条; 外国医师来华短期行医暂行管理办法 第十二条; 乡村医生从业管理条例 第十六条; 人体器官捐献和移植条例
第二十七条. None of them is renewed by itself: after the last day the register says that it expired.
"""

from __future__ import annotations

from typing import TypeVar

from yizheng.documents import certificates
from yizheng.documents.models import Certificate, Ending, Status
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import (
    foreign_doctor_rules,
    hk_macau_rules,
    organ_regulation,
    physicians_law,
    taiwan_rules,
    village_doctor_regulation,
)
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.clocks.declaring import Act, Clock, Firing, Told, declare
from yizheng.systems.doctors.clocks.numbers import lead
from yizheng.systems.doctors.models import (
    Deadline,
    ShortTermPractice,
    SpecialQualification,
    TeamPermit,
    VillageRegistration,
)
from yizheng.systems.doctors.models.permit import EXPIRED, VALID
from yizheng.systems.doctors.models.short_term import FOREIGN

ALL = frozenset(Told)
Permit = TypeVar("Permit", ShortTermPractice, SpecialQualification, TeamPermit, VillageRegistration)


def _expire(kind: type[Permit], due: Deadline, change: ChangeInProgress) -> Permit:
    """The line says from the day on that it expired; its certificate in force no longer holds.

    Raises LookupError where nothing valid stands.
    """
    standing: Permit | None = (
        kind.objects.current().filter(subject_id=due.subject_id, line=due.line).on(due.fires_on).first()
    )
    if standing is None or standing.status != VALID:
        raise LookupError(due.line)
    said = {
        field.attname.removesuffix("_id"): getattr(standing, field.attname) for field in kind.typed_fields()
    }
    change.state(
        kind, due.subject_id, due.line, {**said, "status": EXPIRED},
        valid_from=due.fires_on, valid_to=standing.valid_to, authority_scope=standing.authority_scope,
    )  # fmt: skip
    for certificate in _in_force(due.subject_id, standing.certificate_number):
        certificates.revoke(certificate, ending=Ending.LAPSED, on=due.fires_on, change_id=change.id)
    return standing


def _in_force(subject_id: int, number: str) -> list[Certificate]:
    found = Certificate.objects.all().filter(subject_id=subject_id, status=Status.VALID, number=number)
    return list(found.select_for_update(no_key=True)) if number else []


def _short_term(due: Deadline, change: ChangeInProgress) -> str:
    standing = _expire(ShortTermPractice, due, change)
    return f"{name_of('short_term_origin', standing.origin)}医师短期行医"


def _team(due: Deadline, change: ChangeInProgress) -> str:
    return f"外国医疗团体短期行医许可 {_expire(TeamPermit, due, change).team_name}"


def _village(due: Deadline, change: ChangeInProgress) -> str:
    _expire(VillageRegistration, due, change)
    return "乡村医生执业注册"


def _special(due: Deadline, change: ChangeInProgress) -> str:
    return name_of("special_qualification_type", _expire(SpecialQualification, due, change).type)


def _last_day(table: str, about: str, house: str = "q.institution_id") -> str:
    """What is valid with a last day."""
    return f"""
        select q.subject_id, q.line, q.valid_until + 1 as fires_on, q.authority_scope, {house} as institution_id,
               q.opened as cause, {about} as about
        from {table} q
        where q.closed is null and q.status = 'VALID' and q.valid_until is not null
          and q.valid_from <= %(today)s and q.valid_to > %(today)s {{mine}}
    """  # noqa: S608 names of tables and columns of this file


SHORT_TERM = declare(
    Clock(
        code="short_term",
        title="短期行医到期",
        article=hk_macau_rules(9),
        firing=Firing.END,
        lead=lead("short_term", "短期行医到期", 60, hk_macau_rules(9)),
        sentence="在{house}的短期行医到期；期满继续执业须重新注册",
        tells=ALL,
        looks_back=None,
        ends=_short_term,
        codes="short_term_origin",
        articles={"TW": taiwan_rules(9), FOREIGN: foreign_doctor_rules(2)},
        found_by=_last_day("doctors_short_term", "q.origin"),
    )
)

TEAM = declare(
    Clock(
        code="team",
        title="外国医疗团体许可到期",
        article=foreign_doctor_rules(17),
        firing=Firing.END,
        lead=lead("team", "外国医疗团体许可到期", 30, foreign_doctor_rules(17)),
        sentence="外国医疗团体短期行医许可到期",
        tells=frozenset({Told.INSTITUTION, Told.AUTHORITY}),
        looks_back=None,
        ends=_team,
        found_by=_last_day("doctors_team_permit", "''", "q.subject_id"),
    )
)

VILLAGE = declare(
    Clock(
        code="village",
        title="乡村医生执业证书到期",
        article=village_doctor_regulation(16),
        firing=Firing.END,
        lead=lead("village", "乡村医生执业证书到期", 30, village_doctor_regulation(16)),
        sentence="乡村医生执业证书五年有效期届满",
        tells=ALL,
        looks_back=None,
        ends=_village,
        found_by=_last_day("doctors_village", "''"),
    )
)

VILLAGE_RENEWAL = declare(
    Clock(
        code="village_renewal",
        title="乡村医生须申请再注册",
        article=village_doctor_regulation(16),
        firing=Firing.TELL,
        lead=lead("village_renewal", "乡村医生须申请再注册", 60, village_doctor_regulation(16)),
        sentence="乡村医生执业证书有效期满前申请再注册的最后一日",
        tells=ALL,
        performed=True,
        found_by="""
            select q.subject_id, q.line,
                   (q.valid_until - make_interval(months => %(renewal_months)s))::date as fires_on,
                   q.authority_scope, q.institution_id, q.opened as cause, '' as about
            from doctors_village q
            where q.closed is null and q.status = 'VALID' and q.valid_from <= %(today)s and q.valid_to > %(today)s {mine}
        """,
    )
)

SPECIAL = declare(
    Clock(
        code="special",
        title="专项资格到期",
        article=physicians_law(14),
        firing=Firing.END,
        lead=lead("special", "专项资格到期", 90, physicians_law(14)),
        sentence="{about}有效期届满",
        tells=ALL,
        looks_back=None,
        ends=_special,
        codes="special_qualification_type",
        found_by=_last_day("doctors_special_qualification", "q.type"),
    )
)

RETRAINING = declare(
    Clock(
        code="retraining",
        title="专项复训到期",
        article=physicians_law(14),
        firing=Firing.TELL,
        lead=lead("retraining", "专项复训到期", 60, physicians_law(14)),
        sentence="{about}应当复训、体检",
        tells=ALL,
        performed=True,
        codes="special_qualification_type",
        found_by="""
            select q.subject_id, q.line, q.retraining_due as fires_on, q.authority_scope, q.institution_id,
                   q.opened as cause, q.type as about
            from doctors_special_qualification q
            where q.closed is null and q.status = 'VALID' and q.retraining_due is not null
              and q.valid_from <= %(today)s and q.valid_to > %(today)s {mine}
        """,
    )
)

TRANSPLANT = declare(
    Clock(
        code="transplant",
        title="三年未开展移植",
        article=organ_regulation(27),
        firing=Firing.PROPOSE,
        lead=lead("transplant", "三年未开展移植", 180, organ_regulation(27)),
        sentence="人体器官移植医师三年未开展移植工作，认定将列入撤销",
        tells=ALL,
        looks_back=None,
        act=Act("sq_ex_officio_ending", {"ending": {"type": "organ_transplant", "ground": "no_work"}}),
        codes="special_qualification_type",
        found_by="""
            select q.subject_id, q.line,
                   (coalesce(q.last_work_on, q.granted_on) + make_interval(years => %(transplant_years)s))::date
                       + %(inside)s as fires_on,
                   q.authority_scope, q.institution_id, q.opened as cause, q.type as about
            from doctors_special_qualification q
            where q.closed is null and q.status = 'VALID' and q.type = 'organ_transplant'
              and q.valid_from <= %(today)s and q.valid_to > %(today)s {mine}
        """,
    )
)
