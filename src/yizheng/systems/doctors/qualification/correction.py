"""医师资格信息修改: eight fields of the qualification data and no other may be corrected (卫办医政发〔2010〕1号).

Former numbers stay findable. While a registration stands its own entry follows by a change of personal data; where none
does, the identity follows at once. The corrections of a month go to the national examination centre as a list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.identifiers import check_qualification_number, check_resident_id, sex_code_of
from yizheng.kernel.statutes import physicians_law, qualification_data_notice
from yizheng.licensing.answers import Answers
from yizheng.licensing.asking.name_field import NameField
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import IdentifierField, coded, day, radio
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.qualification import qualifying
from yizheng.systems.doctors.qualification.held_item import (
    CurrentStep,
    Decided,
    HeldQualificationItem,
    Holder,
    in_the_data,
)
from yizheng.systems.practitioners.amending import amend
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.numbers_of_person import agrees, replace_number
from yizheng.systems.practitioners.reindexing import reindex

LATER_DEGREE = "later_degree"
GROUNDS = (
    ("original", "资格数据与参加考试时的证件、学历不一致"),
    ("police", "公安机关已变更姓名、性别、证件号码等"),
    ("entry", "录入错误，发证机关发现"),
    (LATER_DEGREE, "取得资格后又取得学历"),
)


class CorrectionStep(Step):
    """The eight fields that may be corrected; what is left empty stays."""

    code, title = "correction", "修改内容"
    personal = frozenset({"identity_number", "certificate_number"})
    rows = (("name", "sex"), ("birth_date", "identity_number"), ("education", "school"), ("major",))

    ground = radio("修改原因", GROUNDS)
    name = NameField(label="姓名", max_length=50, required=False)
    sex = coded("gender", "性别", required=False)
    birth_date = day("出生日期", required=False)
    identity_number = IdentifierField(check_resident_id, label="身份证号", max_length=30, required=False)
    education = coded("education_level", "学历", only=lambda code: code.flag("usable_as_credential"), required=False)
    school = forms.CharField(label="毕业学校", max_length=100, required=False)
    major = forms.CharField(label="专业", max_length=100, required=False)
    certificate_number = IdentifierField(
        check_qualification_number, label="证书编码", max_length=40, required=False,
        help_text="身份证号修改的，证书编码随之改变",
    )  # fmt: skip


STEP, NOW = CorrectionStep.code, CurrentStep.code
CORRECTABLE = ("name", "sex", "birth_date", "education", "school", "major")
FIELDS = (*CORRECTABLE, "identity_number", "certificate_number")
"""The only eight fields of the qualification data that may be corrected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Holder):
    """What the data say and what they are to say; an empty field stays as it is."""

    name: str = answered(STEP, "name", "")
    sex: str = answered(STEP, "sex", "")
    birth_date: date | None = answered(STEP, "birth_date")
    education: str = answered(STEP, "education", "")
    school: str = answered(STEP, "school", "")
    major: str = answered(STEP, "major", "")
    identity_number: str = answered(STEP, "identity_number", "")
    current_identity_number: str = answered(NOW, "identity_number", "")
    identity_agrees: bool | None = None
    """Whether the present identity number typed is hers."""
    certificate_number: str = answered(STEP, "certificate_number", "")
    current_certificate_number: str = answered(NOW, "qualification_number", "")
    ground: str = answered(STEP, "ground", "")

    @property
    def changes_identity(self) -> bool:
        """Whether the police must prove it."""
        return bool(self.name or self.sex or self.birth_date or self.identity_number)

    @property
    def changes_studies(self) -> bool:
        """Whether education, school or major change."""
        return bool(self.education or self.school or self.major)


@check("D-D02", qualification_data_notice(1), title="有要修改的内容", needs=("correction",))
def corrects_something(person: Correction, on: date) -> Iterator[Finding]:
    """One of the eight fields at least."""
    if not (person.changes_identity or person.changes_studies or person.certificate_number):
        yield refuse("correction.name", "没有填写要修改的内容；只有八项信息可以修改")


@check("D-D03", qualification_data_notice(1), title="不因后取得的学历修改学历信息", needs=("correction",))
def no_later_degree(person: Correction, on: date) -> Iterator[Finding]:
    """The data keep the studies the examination was taken on."""
    if person.changes_studies and person.ground == LATER_DEGREE:
        yield refuse("correction.ground", "取得资格后又取得的学历，不能修改资格数据中的学历、学校和专业")


@check("D-D04", qualification_data_notice(1), title="修改后的身份信息与身份证一致", needs=("correction",))
def agrees_with_the_identity_card(person: Correction, on: date) -> Iterator[Finding]:
    """Birth date and sex are those in the identity number, and the present number is hers."""
    if person.identity_agrees is False:
        yield refuse("current.identity_number", "现证件号码与登记的不一致，请核对")
    number = person.identity_number or person.current_identity_number
    if len(number) != 18:
        return
    if person.birth_date is not None and person.birth_date.strftime("%Y%m%d") != number[6:14]:
        yield refuse("correction.birth_date", "出生日期与身份证号不一致")
    if person.sex and person.sex != sex_code_of(number):
        yield refuse("correction.sex", "性别与身份证号不一致")


@check("D-D05C", qualification_data_notice(1), title="类别、级别、取得时间不变", needs=("correction",))
def same_qualification(person: Correction, on: date) -> Iterator[Finding]:
    """A corrected number keeps year, province, level and category and contains the corrected identity number."""
    number = person.certificate_number
    if not number:
        if person.identity_number:
            yield refuse("correction.certificate_number", "身份证号修改后证书编码随之改变，请填写新的证书编码")
        return
    if number[:9] != person.current_certificate_number[:9]:
        yield refuse("correction.certificate_number", "证书编码的前九位（年份、省份、级别、类别）不能修改")
    inside = check_qualification_number(number).parts.get("resident_id", "")
    expected = person.identity_number or person.current_identity_number
    if inside and expected and inside != expected:
        yield refuse("correction.certificate_number", "证书编码所含身份证号与修改后的身份证号不一致")


@declare
class QualificationCorrection(HeldQualificationItem):
    """医师资格信息修改."""

    code, title, short_title = "qualification_correction", "医师资格信息修改", "资格信息修改"
    articles = (physicians_law(12), qualification_data_notice(1))
    steps = (CurrentStep, CorrectionStep)
    weighs = Correction
    materials = (
        Material("police_proof", "公安机关证明", "姓名、性别、出生日期、身份证号与身份证一致的证明").when(
            lambda person, on: person.changes_identity
        ),
        Material("diploma", "学历证明", "参加考试时所用的学历证书").when(lambda person, on: person.changes_studies),
    )
    checks = (
        status_permits(code),
        in_the_data,
        corrects_something,
        no_later_degree,
        agrees_with_the_identity_card,
        same_qualification,
    )

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """Whether the present identity number typed is hers."""
        card = agrees(subject_id, IdentifierKind.RESIDENT_ID, answers.text(NOW, "identity_number"))
        return {**super().known(answers, subject_id, on), "identity_agrees": card}

    def enter(self, decided: Decided) -> Effect:
        """The data, the numbers, the certificate; the identity too where no registration stands."""
        given, held, change = _given(decided.answers), decided.held, decided.change
        qualification = _correct(decided.qualification, held.identity, given, change)
        if held.educations:
            studies = {name: given[field] for name, field in _OF_THE_EDUCATION.items() if field in given}
            education = held.educations[0]
            held = replace(held, educations=(amend(education, change, education.valid_from, **studies),))
        for kind, now, new in _NUMBERS:
            replace_number(decided.case.subject_id, kind, decided.now(now), given.get(new, ""))
        if not held.standing and held.identity is not None:
            _correct_identity(held.identity, given, change)
        if (found := qualifying.certificate_of(decided.qualification)) is not None:
            certificate, fields = found
            altered = {
                **qualifying.holder(qualification),
                "identity_number": given.get("identity_number") or fields["identity_number"],
                "qualification_number": given.get("certificate_number") or fields["qualification_number"],
                **qualifying.studies(qualification, held),
            }
            qualifying.renew(certificate, {**fields, **altered}, change, decided.on)
        follows = "；执业注册的信息请再办理个人信息变更" if held.standing else ""
        labels = [str(CorrectionStep.base_fields[name].label) for name in given]
        return Effect(summary=f"修改{'、'.join(labels)}{follows}")


_OF_THE_EDUCATION = {"level": "education", "school": "school", "major": "major"}
"""By field of the education declared the field of the form that corrects it."""
_NUMBERS = (
    (IdentifierKind.RESIDENT_ID, "identity_number", "identity_number"),
    (IdentifierKind.QUALIFICATION_NUMBER, "qualification_number", "certificate_number"),
)
"""The numbers that may be corrected: where the present one is typed, and where the new one."""


def _given(answers: Answers) -> dict[str, Any]:
    """What the form corrects; what was left empty stays as it is."""
    said = answers.get(STEP, {})
    return {name: said[name] for name in FIELDS if said.get(name)}


def _correct(
    qualification: Qualification, identity: PersonIdentity | None, given: Mapping[str, Any], change: ChangeInProgress
) -> Qualification:
    """The data say what was corrected, and sex and day of birth as the identity has them where old data said nothing."""
    known: dict[str, Any] = (
        {} if identity is None else {"holder_sex": identity.sex, "holder_birth_date": identity.birth_date}
    )
    missing = {name: said for name, said in known.items() if not getattr(qualification, name)}
    corrected = {f"holder_{name}": given[name] for name in CORRECTABLE if name in given}
    return amend(qualification, change, qualification.valid_from, **missing, **corrected)


def _correct_identity(identity: PersonIdentity, given: Mapping[str, Any], change: ChangeInProgress) -> None:
    said = {name: given[name] for name in ("name", "sex", "birth_date") if name in given}
    amend(identity, change, identity.valid_from, **said)
    if "name" in given:
        reindex(identity.subject_id, given["name"])
        Account.objects.filter(subject_id=identity.subject_id).update(display_name=given["name"])
