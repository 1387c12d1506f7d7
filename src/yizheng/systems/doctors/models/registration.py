"""The registration to practise (执业注册, 医师法 第十三条、第十四条): place, category, scope and main institution.

A line is one level at one place: a physician's place is the province, an assistant's the district (医师执业注册管理办法
第七条). Suspension, leaving, deregistration, revocation and annulment are statuses of the line and never merge.
A doctor in standardised training may have no institution and no scope yet. The scope of a doctor by speciality in
Chinese medicine (中医（专长）医师) has no code: it is the methods and diseases she was examined in (中医药法 第十五条).
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from yizheng.disclosure.standings import NOT_REGISTERED, WORDS, Standing, Words
from yizheng.kernel.codes import name_of, table
from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import ENDED as ENDED_LOOK
from yizheng.registry.declarations import FILLED, HATCHED, Head, Told
from yizheng.registry.fields import CodeField, CodesField, DayField, FlagField, NumberField, SubjectField, TextField
from yizheng.registry.wording.words import Words as FactWords
from yizheng.systems.doctors.models.leave import REASONS, reason_words
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.institutions.register import INSTITUTIONS
from yizheng.systems.practitioners.places import place_name

REGISTERED = "REG"
LEFT = "LEFT"
DEREGISTERED = "DEREG"

ENDED = frozenset({"DEREG", "REVOKED", "ANNULLED", "MIL", "MOVED"})
"""Statuses under which no registration stands any more; the line keeps them for the public history."""

UPGRADED = "D16"
"""The reason with which an assistant's registration ends when she becomes a physician."""


def standing(version: Registration | None, on: date) -> Words:
    """The words of the face for how a registration stands; without one, that there is none."""
    if version is None:
        return NOT_REGISTERED
    if version.status in WORDS:
        return WORDS[Standing(version.status)]
    words = name_of("doctor_register_status", version.status)
    return Words("不在册", f"（{words}）", f"{words}，在本市不得执业", "")


def short_scope(code: str) -> str:
    """内科专业 is 内科 where room is dear."""
    return name_of("practice_scope", code).removesuffix("专业")


def _reason_table(version: Registration) -> str:
    return next((name for name in REASONS if version.reason in table(name)), "")


def _look(version: Registration) -> str:
    return FILLED if version.may_practise else HATCHED if version.stands else ENDED_LOOK


def _says(words: FactWords, version: Registration, _former: object) -> str:
    if version.status != REGISTERED:
        return standing(version, version.valid_from).long
    scopes = version.scope_text or "；".join(short_scope(code) for code in version.scopes)
    parts = (words.value(version, "institution"), scopes)
    return "　".join(part for part in parts if part) or "在册"


def _added(version: Registration, former: Registration) -> str:
    return "、".join(short_scope(code) for code in version.scopes if code not in former.scopes)


def _bar(words: FactWords, version: Registration, former: Registration | None) -> str:
    """What a bar says beside the one before it: only the scopes added, where nothing else differs."""
    same = former and (version.institution_id, version.status) == (former.institution_id, former.status)
    added = _added(version, former) if former and same else ""
    return f"＋{added}" if added else words.says(version)


def _begun(words: FactWords, version: Registration, _former: object) -> str:
    return f"首次注册：{words.value(version, 'institution')}".rstrip("：")


def _changed(words: FactWords, version: Registration, former: Registration) -> str:
    """The one thing that a version says otherwise than the one before it."""
    house = words.value(version, "institution")
    if former.status != version.status:
        return f"恢复执业：{house}" if version.status == REGISTERED else standing(version, version.valid_from).long
    if former.institution_id != version.institution_id:
        return f"变更主要执业机构：{house or '无'}"
    if added := _added(version, former):
        return f"增加执业范围：{added}"
    return "变更执业范围" if former.scopes != version.scopes else "变更执业注册"


def _past(words: FactWords, version: Registration, former: Registration | None) -> str:
    """Its line in the history; versions that differ in smaller things have none."""
    if former is None:
        return _begun(words, version, None)
    if former.line != version.line:
        return f"注册为{words.value(version, 'level')}"
    same = all(getattr(former, each) == getattr(version, each) for each in ("status", "institution_id", "scopes"))
    return "" if same else _changed(words, version, former)


class Registration(VisibleState):
    """How a registration stands over a period."""

    register = DOCTORS
    label = "执业注册 {place_label}"
    order, weight, drawn = 1, 0, _look
    told = Told(_says, begins=_begun, changes=_changed, ends=_changed, bar=_bar, past=_past)
    entry = None
    head = Head(
        standing,
        rank=lambda each: (not each.stands, not each.is_primary, each.level, each.line),
        rows=(
            ("级别类别", "{level}　{category}", ""),
            ("状态原因", "{reason}", ""),
            ("主要机构", "{institution}", "无"),
            ("执业范围", "{whole_scope}", "无"),
            ("执业地点", "{place}", "未定"),
            ("科室", "{department}", ""),
            ("首次执业", "{first_practised_on}", ""),
            ("主管", "{office}", ""),
        ),
        about="{level}　{category}",
        number="practice_number",
        number_label="执业证书",
    )

    practice_number = NumberField("医师执业证书编码", 15, public=True, printed=True)
    level = CodeField("执业级别", 1, table="practice_level", public=True, printed=True)
    category = CodeField("执业类别", 20, table="practice_category", public=True, printed=True)
    scopes = CodesField("执业范围", 4, table="practice_scope", default=list, blank=True, public=True, printed=True)
    place = CodeField("执业地点", 6, table="district", said=place_name, blank=True, public=True, printed=True)
    institution = SubjectField("主要执业机构", of=INSTITUTIONS, null=True, public=True, printed=True)
    department = TextField("科室", 50, blank=True)
    employment = CodeField("用工形式", 20, table="employment_kind", blank=True)
    status = CodeField("注册状态", 12, table="doctor_register_status", default=REGISTERED, public=True)
    reason = CodeField("状态原因", 4, table=_reason_table, among=REASONS, said=reason_words, blank=True)
    issued_on = DayField("发证日期")
    first_practised_on = DayField("首次执业日期", public=True)
    is_primary = FlagField("主执业地点", default=True)
    remark = TextField("备注", 100, blank=True)
    scope_text = TextField("执业范围（技术方法和病证）", 500, blank=True, public=True, printed=True)

    class Meta:
        verbose_name = "医师执业注册"
        db_table = "doctors_registration"
        indexes = [
            models.Index(
                fields=["institution", "authority_scope", "subject"],
                name="doctors_registration_house",
                condition=Q(closed=None),
            ),
            models.Index(fields=["practice_number"], name="doctors_registration_number", condition=Q(closed=None)),
        ]

    @property
    def place_label(self) -> str:
        """The place, or that it is still to be settled."""
        return place_name(self.place) or "未定地点"

    @property
    def whole_scope(self) -> str:
        """The scope in words, whether by code or by what she was examined in."""
        return self.scope_text or "；".join(name_of("practice_scope", code) for code in self.scopes)

    @property
    def stands(self) -> bool:
        """Whether there is a registration at all, in practice or not."""
        return self.status not in ENDED

    @property
    def may_practise(self) -> bool:
        """Whether the doctor may practise under it."""
        return table("doctor_register_status")[self.status].flag("may_practise")


def line(level: str, place: str) -> str:
    """The line of a registration of this level at this place."""
    return f"registration:{level}:{place}"
