"""个人信息变更: name, sex, number and photo by proof of the police, nationality, mobile, education and title by proof of her own.

医师法 第十八条; 行政许可法 第四十九条. The identity follows the qualification, whose data are corrected first. What the
certificate prints makes a new version of it; the public register and the search follow in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.documents import sealing
from yizheng.documents.authorities import authority
from yizheng.kernel.statutes import licensing_law, physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import kept_here
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.personal.certificate_reissue import in_force
from yizheng.systems.doctors.personal.form import EducationChangeStep, PersonChangeStep
from yizheng.systems.doctors.personal.rules import (
    PersonChanging,
    changes_identity,
    qualification_first,
    something_changes,
)
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.registered_item import RegisteredItem
from yizheng.systems.doctors.registration import amending
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.identities import photo_of
from yizheng.systems.practitioners.models import Education, PersonIdentity, ProfessionalTitle
from yizheng.systems.practitioners.models.education import line as education_line
from yizheng.systems.practitioners.models.identity import LINE as IDENTITY
from yizheng.systems.practitioners.models.identity import sex_word
from yizheng.systems.practitioners.models.title import LINE as TITLE
from yizheng.systems.practitioners.numbers_of_person import agrees
from yizheng.systems.practitioners.papers import PHOTO
from yizheng.systems.practitioners.reindexing import reindex

STEP = PersonChangeStep.code
LEARNED = EducationChangeStep.code
POLICE = Material("police_proof", "公安机关证明", "姓名、性别、证件号码变更的证明或者变更后的户口簿、身份证")
PROOF = Material("proof", "学历、职务等证明", "学历学位证书、职务任命或者聘任文件")


def _learned(person: PersonChanging, on: date) -> bool:
    return person.changes_something and not person.changes_identity


@declare
class InfoChange(RegisteredItem):
    """个人信息变更."""

    code = "doctor_info_change"
    title = "医师个人信息变更"
    short_title = "信息变更"
    group = "证书与信息"
    articles = (physicians_law(18), licensing_law(49))
    route = (Stage.ACCEPT, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))
    steps = (PersonChangeStep, EducationChangeStep)
    materials = (PHOTO, POLICE.when(changes_identity), PROOF.when(_learned))
    checks = (status_permits("doctor_info_change"), kept_here, something_changes, qualification_first)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Name, sex and nationality as the register has them."""
        begun = super().prefill(subject_id)
        identity = self.held(subject_id, timezone.localdate()).identity
        if identity is not None:
            begun[STEP] = {"name": identity.name, "sex": identity.sex, "nationality": identity.nationality}
        return begun

    def gather(self, answers: Answers, subject_id: int, on: date) -> PersonChanging:
        """What is asked for beside what the register and the qualification data say."""
        held = self.held(subject_id, on)
        identity, qualified = held.identity, held.qualification_for()
        name, sex = answers.text(STEP, "name"), answers.text(STEP, "sex")
        number = answers.text(STEP, "id_number")
        said = [
            identity is None or name not in ("", identity.name),
            identity is None or sex not in ("", identity.sex),
            identity is not None and answers.text(STEP, "nationality") not in ("", identity.nationality),
            bool(number),
            bool(answers.text(STEP, "mobile")),
            bool(answers.text(STEP, "job_title")),
            bool(answers.text(LEARNED, "level")),
        ]
        return PersonChanging(
            register_status=held.status,
            moved=self.moved(answers, held),
            name=name,
            sex=sex,
            former_name="" if identity is None else identity.name,
            former_sex="" if identity is None else identity.sex,
            qualified_name="" if qualified is None else qualified.holder_name,
            qualified_sex="" if qualified is None else qualified.holder_sex,
            number_agrees=agrees(subject_id, IdentifierKind.RESIDENT_ID, number),
            changes_something=any(said),
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Identity, mobile, title and education as typed; a new certificate where one prints what changed."""
        typed = load(case)
        with acting_as_system("个人信息变更登记"):
            held = self.held(case.subject_id, on)
            former = held.identity
            identity = _identity(typed, case, held, change, on)
            _title(typed, case, change)
            _education(typed, case, change)
            if typed.text(STEP, "mobile"):
                vault.store(case.subject_id, IdentifierKind.MOBILE, typed.text(STEP, "mobile"))
            if former is not None and identity is not None and identity.name != former.name:
                reindex(case.subject_id, identity.name)
                Account.objects.filter(subject_id=case.subject_id).update(display_name=identity.name)
            printed = _printed_anew(typed, held, former, identity, on)
        summary = "个人信息已变更" + ("，执业证书换发新版本" if printed else "")
        if not printed or held.main is None:
            return Effect(summary=summary)
        return Effect(
            summary=summary, certificate_kind=amending.certificate_kind_of(held.main), certificate_fields=printed
        )


def _identity(typed: Answers, case: Case, held: Held, change: ChangeInProgress, on: date) -> PersonIdentity | None:
    former = held.identity
    if former is None:
        return None
    values = {field.name: getattr(former, field.name) for field in PersonIdentity.typed_fields()}
    asked = {
        "name": typed.text(STEP, "name"),
        "sex": typed.text(STEP, "sex"),
        "nationality": typed.text(STEP, "nationality"),
        "photo": photo_of(case),
    }
    qualified = held.qualification_for()
    if qualified is not None and qualified.holder_birth_date is not None:
        values["birth_date"] = qualified.holder_birth_date
    return change.state(
        PersonIdentity,
        case.subject_id,
        IDENTITY,
        {**values, **{name: value for name, value in asked.items() if value}},
        valid_from=on,
        authority_scope=former.authority_scope,
    )


def _title(typed: Answers, case: Case, change: ChangeInProgress) -> None:
    title, since = typed.text(STEP, "job_title"), typed.day(STEP, "title_on")
    if title and since is not None:
        change.state(
            ProfessionalTitle,
            case.subject_id,
            TITLE,
            {"title": title, "obtained_on": since},
            valid_from=since,
            authority_scope=case.decided_by,
        )


def _education(typed: Answers, case: Case, change: ChangeInProgress) -> None:
    given: Mapping[str, Any] = typed.get(LEARNED, {})
    graduated = typed.day(LEARNED, "graduated_on")
    if not given.get("level") or graduated is None:
        return
    names = ("level", "degree", "school", "major", "learning_form", "graduated_on")
    change.state(
        Education,
        case.subject_id,
        change.next_line(Education, case.subject_id, education_line),
        {name: given.get(name, "") for name in names},
        valid_from=graduated,
        authority_scope=case.decided_by,
    )


def _printed_anew(
    typed: Answers, held: Held, former: PersonIdentity | None, identity: PersonIdentity | None, on: date
) -> dict[str, Any] | None:
    """The certificate's fields with the change entered, where it prints something that changed; else nothing."""
    main = held.main
    if main is None or identity is None or former is None or not in_force(held):
        return None
    number = typed.text(STEP, "id_number")
    seen = (identity.name, identity.sex, identity.photo) != (former.name, former.sex, former.photo)
    if not seen and not number:
        return None
    office = Scope.objects.get(pk=main.authority_scope)
    altered = {"sex": sex_word(identity.sex)}
    if number:
        altered["identity_number"] = number
        former_number = str(sealing.unseal(in_force(held)[0])[0]["qualification_number"])
        altered["qualification_number"] = _containing(former_number, number)
    fields = amending.renewed_fields(
        main,
        identity,
        on,
        changed="个人信息",
        office=office,
        institution=licences.name_of(main.institution_id, on),
        **altered,
    )
    return {**fields, "issuer": authority(office.code).name}


def _containing(number: str, identity_number: str) -> str:
    """The qualification number as it reads with another identity number in it: its first nine places stay."""
    return f"{number[:9]}{identity_number}"
