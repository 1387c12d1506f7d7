"""The clocks of what has a last day: short-term practice, village doctors, special qualifications, transplant recognition.

港澳医师、台湾医师短期行医规定 第九条; 外国医师来华短期行医暂行管理办法 第十二条; 乡村医生从业管理条例 第十六条、第十八条、第三十四条、
第三十六条; 人体器官移植医师培训与认定管理办法 第二十九条. Nothing is renewed by itself: after the last day the register says that
it expired. What must be done before a last day is due on a day that no day off moves later.
"""

from __future__ import annotations

from typing import TypeVar

from yizheng.documents import certificates
from yizheng.documents.models import Certificate, Ending, Status
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import (
    foreign_doctor_rules,
    hk_macau_rules,
    physicians_law,
    taiwan_rules,
    transplant_rules,
    village_doctor_regulation,
)
from yizheng.licensing.deadlines.clocks import Clock, Firing, Recipient, declare
from yizheng.licensing.models import Deadline
from yizheng.licensing.proposals import ProposedAct
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.clocks.numbers import CLOCKS
from yizheng.systems.doctors.clocks.registration import ENDED_INSTITUTION
from yizheng.systems.doctors.models import ShortTermPractice, SpecialQualification, TeamPermit, VillageRegistration
from yizheng.systems.doctors.models.permit import EXPIRED, VALID
from yizheng.systems.doctors.models.short_term import FOREIGN

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
    change.state(
        kind, due.subject_id, due.line, {**standing.values(), "status": EXPIRED},
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


VALID_FACT = "fact.status = 'VALID'"
DAY_AFTER = "fact.valid_until + 1"
EXAMINED = """
    left join lateral (
        select a.valid_from as day, a.passed, a.repeated from doctors_village_assessment a
        where a.subject_id = fact.subject_id and a.closed is null order by a.valid_from desc, a.id desc limit 1
    ) examined on true
"""
"""A village doctor's last examination."""


def village_ending(ground: str) -> ProposedAct:
    """The end of a village doctor's registration on this ground."""
    return ProposedAct("rural_doctor_deregistration", {"ending": {"ground": ground}})


declare(
    Clock(
        of=CLOCKS,
        code="short_term",
        title="短期行医到期",
        article=hk_macau_rules(9),
        articles={"TW": taiwan_rules(9), FOREIGN: foreign_doctor_rules(2)},
        firing=Firing.END,
        warn_days=60,
        sentence="在{institution}的短期行医到期；期满继续执业须重新注册",
        looks_back=None,
        ends=_short_term,
        fact=ShortTermPractice,
        fires_on=DAY_AFTER,
        where=VALID_FACT,
        about="fact.origin",
        codes="short_term_origin",
    ),
    Clock(
        of=CLOCKS,
        code="team",
        title="外国医疗团体许可到期",
        article=foreign_doctor_rules(17),
        firing=Firing.END,
        warn_days=30,
        sentence="外国医疗团体短期行医许可到期",
        recipients=frozenset({Recipient.INSTITUTION, Recipient.AUTHORITY}),
        looks_back=None,
        ends=_team,
        fact=TeamPermit,
        fires_on=DAY_AFTER,
        where=VALID_FACT,
        institution="fact.subject_id",
    ),
    Clock(
        of=CLOCKS,
        code="village",
        title="乡村医生执业证书到期",
        article=village_doctor_regulation(16),
        firing=Firing.END,
        warn_days=30,
        sentence="乡村医生执业证书五年有效期届满",
        looks_back=None,
        ends=_village,
        fact=VillageRegistration,
        fires_on=DAY_AFTER,
        where=VALID_FACT,
    ),
    Clock(
        of=CLOCKS,
        code="village_renewal",
        title="乡村医生须申请再注册",
        article=village_doctor_regulation(16),
        firing=Firing.TELL,
        warn_days=60,
        sentence="乡村医生执业证书有效期满前申请再注册的最后一日",
        fact=VillageRegistration,
        fires_on="(fact.valid_until - make_interval(months => %(renewal_months)s))::date",
        where=VALID_FACT,
    ),
    Clock(
        of=CLOCKS,
        code="village_assessment",
        title="乡村医生考核到期",
        article=village_doctor_regulation(34),
        firing=Firing.TELL,
        warn_days=60,
        sentence="乡村医生考核每两年一次，应当参加考核",
        fact=VillageRegistration,
        joins=EXAMINED,
        fires_on="(greatest(fact.first_registered_on, examined.day) + make_interval(years => %(village_years)s))::date",
        where=VALID_FACT,
    ),
    Clock(
        of=CLOCKS,
        code="village_lapse",
        title="乡村医生考核不合格",
        article=village_doctor_regulation(36),
        firing=Firing.PROPOSE,
        warn_days=30,
        sentence="考核不合格，逾期未申请再次考核或者再次考核仍不合格，注册将列入注销",
        performed=True,
        looks_back=None,
        act=village_ending("V4"),
        fact=VillageRegistration,
        joins=EXAMINED,
        fires_on="""
            case when examined.repeated then examined.day
                 else (examined.day + make_interval(months => %(repeat_months)s))::date + 1 end
        """,
        where=f"{VALID_FACT} and not examined.passed",
    ),
    Clock(
        of=CLOCKS,
        code="village_interruption",
        title="乡村医生中止执业满二年",
        article=village_doctor_regulation(18, item=3),
        firing=Firing.PROPOSE,
        warn_days=90,
        sentence="村医疗卫生机构终止后没有在其他村医疗卫生机构执业满二年，注册将列入注销",
        recipients=frozenset({Recipient.PERSON, Recipient.AUTHORITY}),
        looks_back=None,
        act=village_ending("V3"),
        fact=VillageRegistration,
        joins=ENDED_INSTITUTION,
        fires_on="""
            (greatest(licence.valid_from, fact.valid_from) + make_interval(years => %(village_interrupted_years)s))::date
                + %(inside)s
        """,
        where=f"{VALID_FACT} and licence.valid_from <= %(today)s and licence.valid_to > %(today)s",
        cause="licence.opened",
    ),
    Clock(
        of=CLOCKS,
        code="special",
        title="专项资格到期",
        article=physicians_law(14),
        firing=Firing.END,
        warn_days=90,
        sentence="{about}有效期届满",
        looks_back=None,
        ends=_special,
        fact=SpecialQualification,
        fires_on=DAY_AFTER,
        where=VALID_FACT,
        about="fact.type",
        codes="special_qualification_type",
    ),
    Clock(
        of=CLOCKS,
        code="retraining",
        title="专项复训到期",
        article=physicians_law(14),
        firing=Firing.TELL,
        warn_days=60,
        sentence="{about}应当复训、体检",
        fact=SpecialQualification,
        fires_on="fact.retraining_due",
        where=VALID_FACT,
        about="fact.type",
        codes="special_qualification_type",
    ),
    Clock(
        of=CLOCKS,
        code="transplant",
        title="三年未开展移植",
        article=transplant_rules(29, item=1),
        firing=Firing.PROPOSE,
        warn_days=180,
        sentence="人体器官移植医师三年未开展移植工作，认定将列入撤销",
        looks_back=None,
        act=ProposedAct("sq_ex_officio_ending", {"ending": {"type": "organ_transplant", "ground": "no_work"}}),
        fact=SpecialQualification,
        fires_on="""
            (coalesce(fact.last_work_on, fact.granted_on) + make_interval(years => %(transplant_years)s))::date
                + %(inside)s
        """,
        where=f"{VALID_FACT} and fact.type = 'organ_transplant'",
        about="fact.type",
        codes="special_qualification_type",
    ),
)
