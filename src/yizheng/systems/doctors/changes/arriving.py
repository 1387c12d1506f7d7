"""Registering somebody who is registered in another province: number, level, category and first day come along.

医师法 第十三条、第十八条; 医师执业注册管理办法 第十条、第十七条. There is no connection to the national platform: the applicant states
the registration and the number of the inquiry, a clerk compares, so that finding is put to a person every time. The register keeps
the qualification stated with it; a suspension ordered elsewhere goes on here.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms

from yizheng.documents.numbers import PRACTICE_SERIES
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of, table
from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.fields import coded, day
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.systems.doctors.changes.rules import Changer
from yizheng.systems.doctors.checks.applicant import ASSISTANT
from yizheng.systems.doctors.forms import FitnessStep, ScopesStep, qualification_number
from yizheng.systems.doctors.models import Qualification, Registration
from yizheng.systems.doctors.models.qualification import line as qualification_line
from yizheng.systems.doctors.reading.gathering import scopes_in
from yizheng.systems.doctors.registration.entering import Entry, open_registration
from yizheng.systems.practitioners.amending import say
from yizheng.systems.practitioners.certificate_series import bring
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.places import another_province, place_of


@check("D-A01", physicians_law(13), title="外省注册信息已填写", needs=("origin",))
def looked_up_nationwide(changer: Changer, on: date) -> Iterator[Finding]:
    """The registration stated is compared with the national platform by a person."""
    origin = changer.origin
    if changer.now is not None or not origin.practice_number:
        return
    where = name_of("province", origin.province)
    evidence = f"{where}，执业证书编码 {origin.practice_number}，查询编号 {origin.reference or '未填'}"
    yield advise("origin.reference", "须在国家平台核对外省注册的级别、类别、范围、状态", evidence=evidence)


@check("D-A02", physicians_law(14), title="证书编码与级别、类别相符", needs=("origin",))
def number_tells_the_same(changer: Changer, on: date) -> Iterator[Finding]:
    """The first digit is the level; the category in the number may be a former one, so that is put to a person."""
    origin = changer.origin
    if changer.now is not None or len(origin.practice_number) != 15:
        return
    if origin.level and origin.practice_number[0] != origin.level:
        yield refuse("origin.practice_number", "执业证书编码第 1 位与执业级别不符，请按证书核对")
    root = table("practice_category").root(origin.category) if origin.category else None
    if root is not None and origin.practice_number[1:3] not in _segments(root.code):
        yield advise("origin.practice_number", "执业证书编码第 2—3 位与执业类别不符，须核对是否变更过类别")


def _segments(root: str) -> set[str]:
    categories = table("practice_category")
    rows = [row for row in categories.items() if row.code == root or row.parent == root]
    return {segment for row in rows for segment in row.many("certificate_segments")}


@check("D-A03", physicians_law(18), title="原注册机关已同意转出", needs=("origin",))
def released(changer: Changer, on: date) -> Iterator[Finding]:
    """The former authority's release does not lie in the future."""
    day = changer.origin.released_on
    if changer.now is None and day is not None and day > on:
        yield refuse("origin.released_on", "原注册机关出具证明的日期晚于今天，请核对")


@check("D-A05", physicians_law(42), physicians_law(57), title="没有本市正在执行的暂停执业", needs=("origin",))
def not_suspended_here(changer: Changer, on: date) -> Iterator[Finding]:
    """Who comes back from elsewhere does not leave behind a suspension ordered here."""
    if changer.now is None and changer.suspended_until is not None:
        yield refuse("", f"暂停执业到{long_date(changer.suspended_until)}止，期满前不能再次注册")


@check("D-A04", registration_rules(17), title="执业医师才能增加执业地点")
def physicians_only(changer: Changer, on: date) -> Iterator[Finding]:
    """An assistant has one place of practice only."""
    if changer.origin.level == ASSISTANT:
        yield refuse("origin.level", "执业助理医师只能有一个执业地点，不能跨执业地点增加注册")


def unregistered_here(applicant: Any, on: date) -> bool:
    """Whether she is not registered in Beijing and so comes from elsewhere."""
    return applicant.now is None


_NUMBER = re.compile(r"[12]\d{14}")


class ArrivingStep(Step):
    """A part of the form that is asked only of who is not registered in Beijing."""

    applies = staticmethod(unregistered_here)


class OriginStep(ArrivingStep, ScopesStep):
    """Where the person is registered, under which number, since when, and that she was released."""

    code, title = "origin", "外省注册信息"
    personal = frozenset({"qualification_number"})
    rows = (
        ("province", "authority"),
        ("level", "category"),
        ("second_scope", "third_scope"),
        ("practice_number", "first_practised_on"),
        ("qualification_number", "qualified_on"),
        ("released_on", "reference"),
    )
    past = ("first_practised_on",)

    province = coded("province", "原注册省份", only=another_province)
    authority = forms.CharField(label="原注册机关", max_length=100, help_text="执业证书上的发证机关")
    level = coded("practice_level", "执业级别", only=lambda code: bool(code.attributes["place_level"]))
    category = coded("practice_category", "执业类别")
    scope = coded("practice_scope", "执业范围")
    second_scope = coded("practice_scope", "第二执业范围", required=False)
    third_scope = coded("practice_scope", "第三执业范围", required=False)
    practice_number = forms.CharField(label="医师执业证书编码", max_length=15, help_text="15 位，转入后不变")
    first_practised_on = day("首次执业日期")
    qualification_number = qualification_number()
    qualified_on = day("资格证书签发日期")
    qualification_issuer = forms.CharField(label="资格证书发证机关", max_length=100)
    released_on = day("原注册机关同意转出日期", required=False, hint="转入的填写")
    reference = forms.CharField(
        label="国家平台查询编号", max_length=60, required=False, help_text="没有的由受理人员查询核对"
    )
    suspended_until = day("暂停执业截止日", required=False, hint="在原注册地被暂停执业的填写")

    def clean_practice_number(self) -> str:
        """Fifteen digits, the first of them the level."""
        number = re.sub(r"[\s-]", "", str(self.cleaned_data["practice_number"]))
        if not _NUMBER.fullmatch(number):
            raise forms.ValidationError("执业证书编码应为 15 位数字，以 1 或者 2 开头，请按证书填写")
        return number


class ArrivingPersonStep(ArrivingStep, PersonStep):
    """Who comes; of who is registered in Beijing it is known."""


class ArrivingFitnessStep(ArrivingStep, FitnessStep):
    """Health, sentences and bans (医师法 第十六条); of who is registered in Beijing they were declared."""


ONE_DAY = timedelta(days=1)


def arrive(entry: Entry, *, is_primary: bool) -> tuple[Registration, PersonIdentity]:
    """Enter the person, the qualification and the registration; the institution and its authority see her."""
    identity = entry.admit()
    _qualification(entry, identity)
    return _registration(entry, is_primary), identity


def _qualification(entry: Entry, identity: PersonIdentity) -> None:
    origin, held = entry.typed["origin"], entry.held.qualifications
    if any((each.level, each.category) == (origin["level"], origin["category"]) for each in held):
        return
    qualified_on = origin["qualified_on"]
    values = {
        "level": origin["level"],
        "category": origin["category"],
        "qualified_on": qualified_on,
        "issuer": origin["qualification_issuer"],
        "way": "exam",
        "holder_name": identity.name,
    }
    entry.change.state(
        Qualification,
        identity.subject_id,
        entry.change.next_line(Qualification, identity.subject_id, qualification_line),
        values,
        valid_from=qualified_on,
        authority_scope=entry.office.pk,
    )
    if not vault.masked(identity.subject_id, IdentifierKind.QUALIFICATION_NUMBER):
        number = str(origin["qualification_number"])
        vault.store(identity.subject_id, IdentifierKind.QUALIFICATION_NUMBER, number)


def _registration(entry: Entry, is_primary: bool) -> Registration:
    origin = entry.typed["origin"]
    level = str(origin["level"])
    place = place_of(level, entry.licence.district)
    where = name_of("province", str(origin["province"]))
    bring(PRACTICE_SERIES, str(origin["practice_number"]), entry.case)
    registration = open_registration(
        entry,
        level,
        str(origin["category"]),
        place,
        practice_number=origin["practice_number"],
        scopes=list(scopes_in(origin)),
        first_practised_on=origin["first_practised_on"],
        is_primary=is_primary,
        remark=f"由{where}转入" if is_primary else f"主执业地点在{where}",
    )
    until = origin.get("suspended_until")
    if until is None or until < entry.on:
        return registration
    return say(registration, entry.change, entry.on, until + ONE_DAY, status="SUSP_PENAL")
