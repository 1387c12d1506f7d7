"""Moving to another institution or place (医师法 第十八条; 医师执业注册管理办法 第七条、第十条、第十九条).

A physician's place is the city, so another hospital in Beijing changes the main institution alone; an assistant's place
is the district, so another district is another place.

医师法 第十四条、第十九条: a change is handled where it is registered, under the conditions of registering.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.doctors.checks.applicant import ASSISTANT, Applicant, HeldQualification, StandingRegistration
from yizheng.systems.practitioners import moving_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """What entitles to another scope: a higher education, or training with an examination passed."""

    ground: str = ""
    """``education`` or ``training``."""
    education: str = ""
    """Code of the education reached."""
    best_education: str = ""
    """Code of the highest education on record before."""
    started_on: date | None = None
    ended_on: date | None = None
    second_started_on: date | None = None
    """A further period of study (专业进修), added to the first."""
    second_ended_on: date | None = None
    passed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A registration in another province, as the applicant states it; the national platform is looked up by a clerk."""

    province: str = ""
    practice_number: str = ""
    level: str = ""
    category: str = ""
    first_practised_on: date | None = None
    released_on: date | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Practising again: since when she did not, and what was passed and looked at since (医师法 第十九条)."""

    ground: str = ""
    """Why she is registered again, as she says."""
    stopped_on: date | None = None
    assessed_on: date | None = None
    assessment_passed: bool | None = None
    checked_on: date | None = None
    """The day of the physical check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changer(Applicant):
    """A person whose registration is to change."""

    now: StandingRegistration | None = None
    """The registration that counts, as it stands."""
    left_on: date | None = None
    """The day of the leave filing while it stands."""
    suspended: bool = False
    open_cases: int = 0
    """Other applications under way."""
    qualifications: tuple[HeldQualification, ...] = ()
    keep_old: bool = answered("practice", "keep_old", False)
    """Whether the former main institution is to be kept as a filing."""
    learning: Learning = Learning()
    origin: Origin = Origin()
    back: Return = Return()


@check("D-M01", physicians_law(18), title="拟变更的机构与现在的不同", needs=("practice",))
def another_institution(changer: Changer, on: date) -> Iterator[Finding]:
    """Nobody moves to where she is."""
    if changer.employer is not None and changer.now is not None and changer.employer.name == changer.now.institution:
        yield refuse("practice.institution", f"现在的主要执业机构就是{changer.employer.name}，不需要变更")


@check("D-M02", registration_rules(7), title="执业地点不变", needs=("practice",))
def stays_at_the_place(changer: Changer, on: date) -> Iterator[Finding]:
    """An assistant who goes to another district changes the place, not only the institution."""
    now, employer = changer.now, changer.employer
    if now is None or employer is None or now.level != ASSISTANT:
        return
    if employer.place != now.place:
        sentence = f"执业助理医师的执业地点是{now.place_name}，跨区须办理变更执业地点"
        yield refuse("practice.institution", sentence)


@check("D-M03", registration_rules(7), physicians_law(18), title="执业地点确有改变", needs=("practice",))
def leaves_the_place(changer: Changer, on: date) -> Iterator[Finding]:
    """A change of place leads from one district to another (assistants) or in from another province."""
    now, employer = changer.now, changer.employer
    if now is None or employer is None:
        return
    if now.level != ASSISTANT:
        yield refuse("practice.institution", "执业医师的执业地点为北京市，在市内换机构请办理变更主要执业机构")
    elif employer.place == now.place:
        yield refuse("practice.institution", f"{employer.name}也在{now.place_name}，请办理变更主要执业机构")


@check("D-M04", physicians_law(57), physicians_law(42), title="没有正在执行的暂停执业")
def suspension_travels(changer: Changer, on: date) -> Iterator[Finding]:
    """A running suspension goes with the doctor and goes on; whether she may move during it is for a person to say."""
    if changer.suspended:
        yield advise("", "暂停执业尚未期满：准予变更后暂停继续执行，须认定是否在期内变更")


@check("D-M05", registration_rules(10), title="原机构可以转为备案", needs=("practice",))
def may_keep_the_old(changer: Changer, on: date) -> Iterator[Finding]:
    """The former main institution stays as a filing only while the doctor may practise there."""
    if not changer.keep_old:
        return
    if changer.now is None or not changer.now.institution:
        yield refuse("practice.keep_old", "没有原主要执业机构，不能转为备案")
    elif changer.suspended:
        yield refuse("practice.keep_old", "暂停执业期间不能新增备案机构")


@check("D-M06", registration_rules(19), title="离岗备案未满二年")
def within_the_years_of_leave(changer: Changer, on: date) -> Iterator[Finding]:
    """After two years of leave the registration is to end, and practising again needs an assessment."""
    years = changer.periods.leave_years
    if changer.left_on is not None and changer.periods.has_run(changer.left_on, years, on):
        last = changer.periods.last_day(changer.left_on, years)
        yield refuse("", f"离岗备案已于{long_date(last)}满二年，须考核合格后办理重新注册")


nothing_else_under_way = moving_out.nothing_else_under_way("D-M07", physicians_law(18))


@check("D-M08", registration_rules(7), title="已有执业地点和主要执业机构")
def has_a_place(changer: Changer, on: date) -> Iterator[Finding]:
    """Who was registered in training without a place completes that first."""
    if changer.now is not None and not changer.now.place:
        yield refuse("", "执业地点、执业范围尚未登记，请先办理规培学员补登执业地点")
