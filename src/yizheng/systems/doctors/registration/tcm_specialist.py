"""中医（专长）医师执业注册: whoever passed the assessment registers for the methods and diseases assessed, and may open at once.

中医药法 第十五条第二款; 医师法 第十一条、第二十条 (no five years of practice before practising on one's own); 北京市中医药条例
第二十五条.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.documents.declarations import certificate_kind
from yizheng.kernel.statutes import beijing_tcm_regulation, physicians_law, tcm_law
from yizheng.licensing.answers import Answers
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.systems.doctors import permitted
from yizheng.systems.doctors.checks.applicant import Applicant
from yizheng.systems.doctors.checks.employer import SPECIALIST, licence_in_force
from yizheng.systems.doctors.checks.grounds import ON_THE_PERSON, promises_truth
from yizheng.systems.doctors.forms import DeclarationStep
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.registration.entering import Entry, RegisteringItem, open_registration
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.practitioners.certificates import printed
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.papers import PHOTO
from yizheng.systems.practitioners.places import CITY, place_name


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialistApplicant(Applicant):
    """Somebody assessed in certain methods and diseases, who asks to be registered for them."""

    assessed_scope: str = ""
    """The methods and diseases of the assessment, as the register has them."""
    scope_text: str = answered("practice", "scope_text", "")


@check("D-TC01", tcm_law(15), title="经市中医药主管部门考核合格")
def assessed(applicant: SpecialistApplicant, on: date) -> Iterator[Finding]:
    """The qualification by assessment stands in the register, with what was assessed."""
    held = applicant.qualification
    if held is None or held.level != SPECIALIST:
        yield refuse("", "资格数据中没有您的中医（专长）医师资格，考核合格后再申请注册")
    elif not applicant.assessed_scope:
        yield refuse("", "资格数据中没有考核的技术方法和病证，先到发证机关补充")


@check("D-TC02", tcm_law(15), tcm_law(55), title="执业范围与考核内容一致", needs=("practice",))
def scope_as_assessed(applicant: SpecialistApplicant, on: date) -> Iterator[Finding]:
    """What is registered is what was assessed, word by word."""
    if applicant.scope_text and applicant.assessed_scope and applicant.scope_text != applicant.assessed_scope:
        yield refuse("practice.scope_text", "执业范围与考核的技术方法和病证不一致，只能按考核内容注册")


class SpecialistPracticeStep(Step):
    """Where a doctor by speciality in Chinese medicine practises, and the scope she was examined in."""

    code, title = "practice", "拟执业信息"
    fixed = {"scope_text": "按考核内容注册，不能改"}
    rows = (("department", "employment"),)

    institution = InstitutionField(
        label="主要执业机构", help_text="输入登记名称或登记号选择；个人开业的填写已备案的诊所，提交后由机构确认"
    )
    scope_text = forms.CharField(label="执业范围（技术方法和病证）", max_length=500)
    department = forms.CharField(label="科室", max_length=50, required=False)
    employment = coded("employment_kind", "用工形式")
    employed_from = day("聘用或者开业日期")


CERTIFICATE = "tcm_specialist_practice"


@declare
class SpecialistRegistration(RegisteringItem):
    """中医（专长）医师执业注册."""

    code, title = "tcm_specialist_registration", "中医（专长）医师执业注册"
    group, short_title = "注册", "专长医师注册"
    articles = (tcm_law(15, 2), physicians_law(13), beijing_tcm_regulation(25))
    weighs = SpecialistApplicant
    steps = (PersonStep, SpecialistPracticeStep, DeclarationStep)
    materials = (
        PHOTO,
        Material("qualification", "中医（专长）医师资格证书", "含考核内容页"),
        Material("employment_proof", "聘用证明或者诊所备案凭证", "由拟执业机构盖章"),
    )
    checks = (
        permitted.status_permits(code), assessed, scope_as_assessed, licence_in_force, *ON_THE_PERSON, promises_truth,
    )  # fmt: skip

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """The qualification by assessment, and a status that permits a registration."""
        held = self.held(subject_id, on)
        if specialist(held) is None:
            return "资格数据中没有您的中医（专长）医师资格"
        return permitted.may_apply(self.code, held.status)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Identity, and the scope as it was assessed."""
        begun = {"person": super().prefill(subject_id)["person"]}
        found = specialist(self.held(subject_id, timezone.localdate()))
        return begun if found is None else {**begun, "practice": {"scope_text": found.assessed_scope}}

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """What the register says of her, and what was assessed."""
        found = specialist(self.held(subject_id, on))
        assessed_scope = "" if found is None else found.assessed_scope
        return {**super().known(answers, subject_id, on), "assessed_scope": assessed_scope}

    def enter(self, entry: Entry) -> Effect:
        """Open the registration. Raises NotPossibleError when the qualification is gone."""
        found = specialist(entry.held)
        if found is None:
            raise NotPossibleError("拟执业机构的许可或者中医（专长）医师资格已不存在")
        identity, number = entry.admit(), self.new_number(CERTIFICATE, entry.case, entry.change, entry.on)
        registration = open_registration(
            entry, SPECIALIST, "tcm", CITY, practice_number=number, scopes=[], scope_text=found.assessed_scope
        )
        fields = printed(
            certificate_kind(CERTIFICATE), registration, identity, entry.office,
            number=number, identity_number=entry.typed.text("person", "id_number"),
            scope=registration.scope_text, place=place_name(CITY), institution=entry.licence.name,
        )  # fmt: skip
        return Effect(f"准予注册，执业证书编码 {number}", CERTIFICATE, fields)


def specialist(held: Held) -> Qualification | None:
    """The qualification by assessment, if there is one."""
    return next((each for each in held.qualifications if each.level == SPECIALIST), None)
