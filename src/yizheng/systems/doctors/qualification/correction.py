"""医师资格信息修改: eight fields of the qualification data and no other may be corrected (卫办医政发〔2010〕1号).

Former numbers stay findable. While a registration stands its own entry follows by a change of personal data; where none
does, the identity follows at once. The corrections of a month go to the national examination centre as a list.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from yizheng.kernel.statutes import licensing_law, physicians_law, qualification_data_notice
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.qualification import qualifying
from yizheng.systems.doctors.qualification.form import CorrectionStep, CurrentStep
from yizheng.systems.doctors.qualification.held_item import HeldQualificationItem, meant
from yizheng.systems.doctors.qualification.rules import (
    Correction,
    agrees_with_the_identity_card,
    corrects_something,
    in_the_data,
    no_later_degree,
    proves_identity,
    proves_studies,
    same_qualification,
)
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.practitioners.models import Education, PersonIdentity
from yizheng.systems.practitioners.models.identity import LINE as IDENTITY
from yizheng.systems.practitioners.models.identity import sex_word
from yizheng.systems.practitioners.numbers_of_person import agrees, replace_number
from yizheng.systems.practitioners.reindexing import reindex

STEP = CorrectionStep.code
NOW = CurrentStep.code
POLICE = Material("police_proof", "公安机关证明", "姓名、性别、出生日期、身份证号与身份证一致的证明")
DIPLOMA = Material("diploma", "学历证明", "参加考试时所用的学历证书")


@declare
class QualificationCorrection(HeldQualificationItem):
    """医师资格信息修改."""

    code = "qualification_correction"
    title = "医师资格信息修改"
    short_title = "资格信息修改"
    group = "医师资格"
    articles = (physicians_law(12), qualification_data_notice(1))
    route = (Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))
    steps = (CurrentStep, CorrectionStep)
    materials = (POLICE.when(proves_identity), DIPLOMA.when(proves_studies))
    checks = (
        status_permits("qualification_correction"),
        in_the_data,
        corrects_something,
        no_later_degree,
        agrees_with_the_identity_card,
        same_qualification,
    )

    def gather(self, answers: Answers, subject_id: int, on: date) -> Correction:
        """What the data say and what they are to say."""
        held = self.held(subject_id, on)
        now = answers.text(NOW, "qualification_number")
        card = answers.text(NOW, "identity_number")
        return Correction(
            register_status=held.status,
            holds=meant(held, answers, NOW) is not None,
            number_agrees=agrees(subject_id, IdentifierKind.QUALIFICATION_NUMBER, now),
            identity_agrees=agrees(subject_id, IdentifierKind.RESIDENT_ID, card),
            current_identity_number=card,
            current_certificate_number=now,
            name=answers.text(STEP, "name"),
            sex=answers.text(STEP, "sex"),
            birth_date=answers.day(STEP, "birth_date"),
            education=answers.text(STEP, "education"),
            school=answers.text(STEP, "school"),
            major=answers.text(STEP, "major"),
            identity_number=answers.text(STEP, "identity_number"),
            certificate_number=answers.text(STEP, "certificate_number"),
            ground=answers.text(STEP, "ground"),
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The data, the numbers, the certificate; the identity too where no registration stands."""
        typed = load(case)
        with acting_as_system("医师资格信息修改"):
            held = self.held(case.subject_id, on)
            qualification = meant(held, typed, NOW)
            assert qualification is not None
            corrected = _correct(typed, qualification, held, change)
            education = _studies(typed, held, change)
            _numbers(typed, case.subject_id)
            if not held.standing:
                _identity(typed, held, change)
            _print(typed, corrected, education, change, on)
        follows = "；执业注册的信息请再办理个人信息变更" if held.standing else ""
        return Effect(summary=f"修改{'、'.join(_named(typed))}{follows}")


_OF_THE_IDENTITY = {"name": "name", "sex": "sex", "birth_date": "birth_date"}
_OF_THE_STUDIES = {"level": "education", "school": "school", "major": "major"}
_OF_THE_DATA = {
    "holder_name": "name", "holder_sex": "sex", "holder_birth_date": "birth_date", "holder_education": "education",
    "holder_school": "school", "holder_major": "major",
}  # fmt: skip
"""By field of the fact the field of the form that corrects it."""
_FIELDS = (*_OF_THE_DATA.values(), "identity_number", "certificate_number")


def _asked(typed: Answers, fields: dict[str, str]) -> dict[str, Any]:
    """What the form corrects, by the fields of a fact; what was left empty stays as it is."""
    given = typed.get(STEP, {})
    return {name: given[field] for name, field in fields.items() if given.get(field)}


def _named(typed: Answers) -> list[str]:
    pairs = zip(_FIELDS, qualifying.CORRECTABLE, strict=True)
    return [label for field, label in pairs if typed.text(STEP, field)]


def _correct(typed: Answers, qualification: Qualification, held: Held, change: ChangeInProgress) -> Qualification:
    identity = held.identity
    values = qualification.values()
    if identity is not None:
        values["holder_sex"] = values["holder_sex"] or identity.sex
        values["holder_birth_date"] = values["holder_birth_date"] or identity.birth_date
    return change.state(
        Qualification,
        qualification.subject_id,
        qualification.line,
        {**values, **_asked(typed, _OF_THE_DATA)},
        valid_from=qualification.valid_from,
        authority_scope=qualification.authority_scope,
    )


def _studies(typed: Answers, held: Held, change: ChangeInProgress) -> Education | None:
    if not held.educations:
        return None
    first = held.educations[0]
    given = _asked(typed, _OF_THE_STUDIES)
    if not given:
        return first
    return change.state(
        Education,
        first.subject_id,
        first.line,
        {**first.values(), **given},
        valid_from=first.valid_from,
        authority_scope=first.authority_scope,
    )


def _numbers(typed: Answers, subject_id: int) -> None:
    replace_number(
        subject_id, IdentifierKind.RESIDENT_ID, typed.text(NOW, "identity_number"), typed.text(STEP, "identity_number")
    )
    replace_number(
        subject_id,
        IdentifierKind.QUALIFICATION_NUMBER,
        typed.text(NOW, "qualification_number"),
        typed.text(STEP, "certificate_number"),
    )


def _identity(typed: Answers, held: Held, change: ChangeInProgress) -> None:
    identity = held.identity
    if identity is None:
        return
    given = _asked(typed, _OF_THE_IDENTITY)
    if not given:
        return
    change.state(
        PersonIdentity,
        identity.subject_id,
        IDENTITY,
        {**identity.values(), **given},
        valid_from=identity.valid_from,
        authority_scope=identity.authority_scope,
    )
    if "name" in given:
        reindex(identity.subject_id, given["name"])
        Account.objects.filter(subject_id=identity.subject_id).update(display_name=given["name"])


def _print(
    typed: Answers, qualification: Qualification, education: Education | None, change: ChangeInProgress, on: date
) -> None:
    """A new version of the certificate, where the platform printed one."""
    found = qualifying.certificate_of(qualification)
    if found is None:
        return
    certificate, fields = found
    born = qualification.holder_birth_date
    altered = {
        "name": qualification.holder_name,
        "sex": sex_word(qualification.holder_sex),
        "birth_date": "" if born is None else born.isoformat(),
        "identity_number": typed.text(STEP, "identity_number") or fields["identity_number"],
        "qualification_number": typed.text(STEP, "certificate_number") or fields["qualification_number"],
        **qualifying.studies(qualification, education),
    }
    qualifying.renew(certificate, {**fields, **altered}, change, on)
