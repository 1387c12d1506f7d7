"""The clocks of what has a last day: short-term practice, village doctors, special qualifications, transplant recognition.

港澳医师、台湾医师短期行医规定 第九条; 外国医师来华短期行医暂行管理办法 第十二条; 乡村医生从业管理条例 第十六条、第十八条、第三十四条、
第三十六条; 人体器官移植医师培训与认定管理办法 第二十九条. Nothing is renewed by itself: after the last day the register says that
it expired. What must be done before a last day is due on a day that no day off moves later.
"""

from functools import partial

from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import (
    foreign_doctor_rules,
    hk_macau_rules,
    physicians_law,
    taiwan_rules,
    transplant_rules,
    village_doctor_regulation,
)
from yizheng.licensing.deadlines.clocks import Recipient, declare
from yizheng.licensing.ports.consequences import ProposedAct
from yizheng.systems.doctors.clocks.numbers import CLOCKS, clock
from yizheng.systems.doctors.models import ShortTermPractice, SpecialQualification, TeamPermit, VillageRegistration
from yizheng.systems.doctors.models.short_term import FOREIGN
from yizheng.systems.practitioners.clocks import ENDED_INSTITUTION, OF_TYPE, VALID_FACT, last_day_clock, special_clock

last_day = partial(last_day_clock, CLOCKS)
EXAMINED = """
    left join lateral (
        select a.valid_from as day, a.passed, a.repeated from doctors_village_assessment a
        where a.subject_id = fact.subject_id and a.closed is null order by a.valid_from desc, a.id desc limit 1
    ) examined on true
"""
"""A village doctor's last examination."""


declare(
    last_day(
        ShortTermPractice,
        "short_term",
        "短期行医到期",
        hk_macau_rules(9),
        articles={"TW": taiwan_rules(9), FOREIGN: foreign_doctor_rules(2)},
        what=lambda held: f"{name_of('short_term_origin', held.origin)}医师短期行医",
        warn_days=60,
        sentence="在{institution}的短期行医到期；期满继续执业须重新注册",
        about="fact.origin",
        codes="short_term_origin",
    ),
    last_day(
        TeamPermit,
        "team",
        "外国医疗团体许可到期",
        foreign_doctor_rules(17),
        what=lambda held: f"外国医疗团体短期行医许可 {held.team_name}",
        warn_days=30,
        sentence="外国医疗团体短期行医许可到期",
        recipients=frozenset({Recipient.INSTITUTION, Recipient.AUTHORITY}),
        institution="fact.subject_id",
    ),
    last_day(
        VillageRegistration,
        "village",
        "乡村医生执业证书到期",
        village_doctor_regulation(16),
        what=lambda held: "乡村医生执业注册",
        warn_days=30,
        sentence="乡村医生执业证书五年有效期届满",
    ),
    clock(
        code="village_renewal",
        title="乡村医生须申请再注册",
        article=village_doctor_regulation(16),
        warn_days=60,
        sentence="乡村医生执业证书有效期满前申请再注册的最后一日",
        fact=VillageRegistration,
        on_the_day=True,
        fires_on="(fact.valid_until - make_interval(months => %(renewal_months)s))::date",
        where=VALID_FACT,
    ),
    clock(
        code="village_assessment",
        title="乡村医生考核到期",
        article=village_doctor_regulation(34),
        warn_days=60,
        sentence="乡村医生考核每两年一次，应当参加考核",
        fact=VillageRegistration,
        joins=EXAMINED,
        on_the_day=True,
        fires_on="(greatest(fact.first_registered_on, examined.day) + make_interval(years => %(village_years)s))::date",
        where=VALID_FACT,
    ),
    clock(
        code="village_lapse",
        title="乡村医生考核不合格",
        article=village_doctor_regulation(36),
        warn_days=30,
        sentence="考核不合格，逾期未申请再次考核或者再次考核仍不合格，注册将列入注销",
        performed=True,
        act=ProposedAct("rural_doctor_deregistration", {"ending": {"ground": "V4"}}),
        fact=VillageRegistration,
        joins=EXAMINED,
        fires_on="""
            case when examined.repeated then examined.day
                 else (examined.day + make_interval(months => %(repeat_months)s))::date + 1 end
        """,
        where=f"{VALID_FACT} and not examined.passed",
    ),
    clock(
        code="village_interruption",
        title="乡村医生中止执业满二年",
        article=village_doctor_regulation(18, item=3),
        warn_days=90,
        sentence="村医疗卫生机构终止后没有在其他村医疗卫生机构执业满二年，注册将列入注销",
        recipients=frozenset({Recipient.PERSON, Recipient.AUTHORITY}),
        act=ProposedAct("rural_doctor_deregistration", {"ending": {"ground": "V3"}}),
        fact=VillageRegistration,
        joins=ENDED_INSTITUTION,
        fires_on="""
            (greatest(licence.valid_from, fact.valid_from) + make_interval(years => %(village_interrupted_years)s))::date
                + %(inside)s
        """,
        where=f"{VALID_FACT} and licence.valid_from <= %(today)s and licence.valid_to > %(today)s",
        cause="licence.opened",
    ),
    special_clock(CLOCKS, SpecialQualification, "special", physicians_law(14)),
    clock(
        code="retraining",
        title="专项复训到期",
        article=physicians_law(14),
        warn_days=60,
        sentence="{about}应当复训、体检",
        fact=SpecialQualification,
        on_the_day=True,
        fires_on="fact.retraining_due",
        where=VALID_FACT,
        **OF_TYPE,
    ),
    clock(
        code="transplant",
        title="三年未开展移植",
        article=transplant_rules(29, item=1),
        warn_days=180,
        sentence="人体器官移植医师三年未开展移植工作，认定将列入撤销",
        act=ProposedAct("sq_ex_officio_ending", {"ending": {"type": "organ_transplant", "ground": "no_work"}}),
        fact=SpecialQualification,
        fires_on="""
            (coalesce(fact.last_work_on, fact.granted_on) + make_interval(years => %(transplant_years)s))::date
                + %(inside)s
        """,
        where=f"{VALID_FACT} and fact.type = 'organ_transplant'",
        **OF_TYPE,
    ),
)
