"""Facts of the register of nurses: the registration, what rests on it, and the results of the national examination.

护士条例 第七条、第八条. A term ends by itself: that it is over is read from the day, never written.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db import models
from django.db.models import Q
from django.utils import timezone

from yizheng.disclosure.standings import NOT_REGISTERED, WORDS, Standing, Words
from yizheng.kernel.codes import name_of, table
from yizheng.people.visible_facts import VisibleEvent, VisibleState
from yizheng.registry.declarations import ENDED, FILLED, HATCHED, Head, Told, by_result
from yizheng.registry.fields import CodeField, CountField, DayField, FlagField, NumberField, SubjectField, TextField
from yizheng.registry.wording.words import Words as Wording
from yizheng.systems.institutions.register import INSTITUTIONS
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.nurses.terms import Course
from yizheng.systems.nurses.terms import Standing as Registered
from yizheng.systems.practitioners.models.filing import FilingFact
from yizheng.systems.practitioners.models.military import RecordFact, TransferFact
from yizheng.systems.practitioners.models.special_qualification import SpecialQualificationFact

LINE = "registration"
"""The line of a nurse's registration: a person has one."""
REGISTERED, SUSPENDED, EXPIRED = "REG", "SUSP", "EXPIRED"
OVER = frozenset({"DEREG", "REVOKED", "ANNULLED", "MIL", "MOVED"})
"""Statuses under which no registration stands any more."""
RESULT_DAY: Final = (6, 30)
"""Month and day of the year a result of the examination is dated by."""
_PUBLIC = {SUSPENDED: Standing.SUSPENDED_BY_PENALTY}


def public_standing(status: str) -> Standing | None:
    """What the public reads of a status; nothing for transfers to the forces and to other provinces."""
    found = _PUBLIC.get(status, status)
    return Standing(found) if found in set(Standing) else None


def standing(version: NurseRegistration | None, on: date) -> Words:
    """The words of the face for how a registration stands on a day; without one, that there is none."""
    if version is None:
        return NOT_REGISTERED
    status = version.status_on(on)
    found = public_standing(status)
    if found is not None:
        return WORDS[found]
    words = name_of("nurse_register_status", status)
    return Words("不在册", f"（{words}）", f"{words}，在本市不得执业", "")


def _look(version: NurseRegistration) -> str:
    return FILLED if version.may_practise else HATCHED if version.stands else ENDED


def _changed(words: Wording, version: NurseRegistration, former: NurseRegistration | None) -> str:
    """What a version was entered for: a term, an institution, or how it stands."""
    house = words.value(version, "institution")
    if former is None:
        return f"护士执业注册：{house}"
    if former.term_to != version.term_to:
        goes_on = former.stands and version.valid_from <= former.term_to + timedelta(days=1)
        return f"{'延续注册' if goes_on else '重新注册'}：{house}，有效期至 {version.term_to}"
    if former.institution_id != version.institution_id:
        return f"变更主要执业机构：{house}"
    if former.status != version.status:
        return f"{name_of('nurse_register_status', version.status)}：{house}"
    return f"变更护士执业注册：{house}"


class NurseRegistration(VisibleState):
    """护士执业注册: a term of five years at a main institution (护士条例 第八条、第十条)."""

    register = NURSES
    label = "护士执业注册"
    order, weight, drawn = 1, 0, _look
    told = Told(
        "{institution}　有效期至 {term_to}",
        begins="首次注册：{institution}",
        changes=_changed,
        past="{state}　{institution}，有效期至 {term_to}",
    )
    entry = None
    head = Head(
        standing,
        rank=lambda each: (not each.stands, each.line),
        rows=(
            ("主要机构", "{institution}", "无"),
            ("科室", "{department}", ""),
            ("工作类别", "{work_kind}", ""),
            ("注册有效期", "{term_from} 至 {term_to}", ""),
            ("首次注册", "{registered_on}", ""),
            ("主管", "{office}", ""),
        ),
        about="有效期至 {term_to}",
        number="number",
        number_label="护士执业证书",
    )

    number = NumberField("护士执业证书编号", 12, public=True, printed=True)
    institution = SubjectField("主要执业机构", of=INSTITUTIONS, null=True, public=True, printed=True)
    department = TextField("科室", 50, blank=True)
    work_kind = CodeField("工作类别", 20, table="nurse_work_kind", blank=True)
    registered_on = DayField("首次注册日期", public=True, printed=True)
    term_from = DayField("注册有效期起", public=True)
    term_to = DayField("注册有效期至", public=True, printed=True)
    status = CodeField("注册状态", 12, table="nurse_register_status", default=REGISTERED, public=True)
    reason = CodeField("状态原因", 4, table="nurse_deregistration_reason", blank=True)

    class Meta:
        verbose_name = "护士执业注册"
        db_table = "nurses_registration"
        indexes = [
            models.Index(
                fields=["institution", "authority_scope", "subject"],
                name="nurses_registration_staff",
                condition=Q(closed=None),
            ),
            models.Index(fields=["number"], name="nurses_registration_number", condition=Q(closed=None)),
            models.Index(fields=["term_to"], name="nurses_registration_last_day", condition=Q(closed=None)),
        ]

    def status_on(self, day: date) -> str:
        """The status on a day: expired once the term is over, whatever was written."""
        return EXPIRED if self.stands and day > self.term_to else self.status

    @property
    def asked_on(self) -> date:
        """Today, or the last day of a version that is over: what followed it is no longer about it."""
        return min(timezone.localdate(), self.valid_to - timedelta(days=1))

    @property
    def state(self) -> str:
        """How it stands today, or stood until it was over, in the words of the code table."""
        return name_of("nurse_register_status", self.status_on(self.asked_on))

    @property
    def stands(self) -> bool:
        """Whether there is a registration at all, in practice or not."""
        return self.status not in OVER

    @property
    def may_practise(self) -> bool:
        """Whether the nurse may practise under it today, or might until it was over."""
        return table("nurse_register_status")[self.status_on(self.asked_on)].flag("may_practise")


def course_of(subject_id: int) -> Course:
    """What happened to her registration, for the rules; call it as the system."""
    known = list(NurseRegistration.objects.current().filter(subject_id=subject_id).order_by("valid_from"))
    since = {each.status: each.valid_from for each in known}
    return Course(
        registered=known[0].registered_on if known else None,
        revoked=since.get(Registered.REVOKED),
        annulled=since.get(Registered.ANNULLED),
    )


class NurseFiling(FilingFact):
    """多机构执业备案: a nurse works at a further institution of the city too (护士条例 第九条)."""

    register = NURSES

    class Meta(FilingFact.Meta):
        verbose_name = "护士多机构备案"
        db_table = "nurses_filing"


class NurseSpecialQualification(SpecialQualificationFact):
    """A nurse's special qualification: midwifery (母婴保健法实施办法 第三十五条)."""

    register = NURSES

    class Meta(SpecialQualificationFact.Meta):
        verbose_name = "护士专项资格"
        db_table = "nurses_special_qualification"


class NurseTransfer(TransferFact):
    """A nurse's transfer to the forces or from them."""

    register = NURSES

    class Meta:
        verbose_name = "护士军地转换"
        db_table = "nurses_military"


class NurseExamResult(VisibleEvent):
    """护士执业资格考试成绩: both subjects passed in one sitting (护士条例 第七条)."""

    register = NURSES
    label = "护士执业资格考试"
    order, weight, drawn = 10, 500, by_result
    told = Told("{exam_year}年　{passed}", past="护士执业资格考试{passed}（{exam_year}年）")
    entry = None

    exam_year = CountField("考试年度", unit="年")
    exam_region = CodeField("考区", 2, table="province")
    admission_no = NumberField("准考证号", 20, blank=True)
    school = TextField("毕业学校", 100, blank=True, personal=True)
    major = TextField("所学专业", 100, blank=True, personal=True)
    full_time = FlagField("普通全日制", null=True)
    internship_months = CountField("临床实习", null=True, unit="个月")
    score_practice = CountField("专业实务", null=True, unit="分")
    score_ability = CountField("实践能力", null=True, unit="分")
    passed = FlagField("结果", yes_no=("合格", "不合格"))
    pass_certificate = NumberField("成绩合格证明编号", 30, blank=True)
    passed_on = DayField("成绩合格证明日期", null=True)
    violation = FlagField("违纪违规", default=False)

    class Meta:
        verbose_name = "护士执业资格考试成绩"
        db_table = "nurses_exam_result"


class NurseMilitaryRecord(RecordFact):
    """军队护士记录: one event of a nurse's registration with the forces; its end is the term that is taken over."""

    register = NURSES
    told = Told("{event}　{registered_from} 至 {registered_to}")

    class Meta:
        verbose_name = "军队护士记录"
        db_table = "nurses_military_record"
