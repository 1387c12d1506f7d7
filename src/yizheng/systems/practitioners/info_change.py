"""个人信息变更: name, sex, number and photo by proof of the police, nationality, mobile, education and title by proof of her own.

行政许可法 第四十九条. What the certificate prints makes a new version of it; the public register and the search follow in the same
transaction. A register says in its own item what else must agree, and what else its certificate prints.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from yizheng.documents.models import Certificate
from yizheng.kernel.identifiers import check_resident_id
from yizheng.kernel.statutes import Article, licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.name_field import NameField
from yizheng.licensing.fields import coded, day
from yizheng.licensing.findings import Finding, refuse, shared
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.certificates import printed_anew, unsealed
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.identities import alter_identity, photo_of
from yizheng.systems.practitioners.item import office
from yizheng.systems.practitioners.models import Education, PersonIdentity, ProfessionalTitle
from yizheng.systems.practitioners.models.education import line as education_line
from yizheng.systems.practitioners.models.title import LINE as TITLE
from yizheng.systems.practitioners.papers import PHOTO
from yizheng.systems.practitioners.registered import Entry
from yizheng.systems.practitioners.registered_item import RegisteredItem
from yizheng.systems.practitioners.reindexing import reindex

_MOBILE = re.compile(r"1[3-9]\d{9}")
_PRINTED = ("name", "sex", "photo")


class PersonChangeStep(Step):
    """What is to be said; a field left as it stands does not change."""

    code, title = "person_change", "变更内容"
    personal = frozenset({"id_number", "mobile"})
    rows = (("name", "sex"), ("id_number", "nationality"), ("mobile", "job_title"), ("title_on",))

    name = NameField(label="姓名", max_length=50, help_text="与公安机关证明一致")
    sex = coded("gender", "性别")
    id_number = forms.CharField(
        label="新的证件号码", max_length=30, required=False, help_text="证件号码更正的填写，不变的留空"
    )
    nationality = forms.ChoiceField(label="国籍", choices=(("156", "中国"), ("other", "其他")), required=False)
    mobile = forms.CharField(label="新的手机号码", max_length=20, required=False, help_text="不变的留空")
    job_title = coded("professional_title", "专业技术职务", required=False)
    title_on = day("职务取得时间", required=False)

    def clean_id_number(self) -> str:
        """A number that is given must stand up to GB 11643."""
        number = str(self.cleaned_data["id_number"]).strip()
        if not number:
            return ""
        read = check_resident_id(number)
        if read.problems:
            raise forms.ValidationError(list(read.problems))
        return read.number

    def clean_mobile(self) -> str:
        """Eleven digits where one is given."""
        mobile = re.sub(r"[\s-]", "", str(self.cleaned_data["mobile"]))
        if mobile and not _MOBILE.fullmatch(mobile):
            raise forms.ValidationError("手机号码应为 11 位数字，以 1 开头，请核对")
        return mobile

    def clean(self) -> dict[str, Any]:
        """A title has a day."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("job_title") and not cleaned.get("title_on"):
            self.add_error("title_on", "请填写职务取得时间")
        return cleaned


class EducationChangeStep(Step):
    """A further education, where there is one to add."""

    code, title = "education_change", "学历变更"
    rows = (("level", "degree"), ("school", "major"), ("learning_form", "graduated_on"))

    level = coded("education_level", "学历", only=lambda code: code.flag("usable_as_credential"), required=False)
    degree = coded("degree", "学位", required=False)
    school = forms.CharField(label="毕业院校", max_length=100, required=False)
    major = forms.CharField(label="所学专业", max_length=100, required=False)
    learning_form = coded("learning_form", "学习形式", required=False)
    graduated_on = day("毕业时间", required=False)

    def clean(self) -> dict[str, Any]:
        """All of it or nothing."""
        cleaned = super().clean() or self.cleaned_data
        needed = [name for name in self.fields if name != "degree"]
        if any(cleaned.get(name) for name in needed):
            for name in needed:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, f"增加学历的，请填写{self.fields[name].label}")
        return cleaned


STEP, LEARNED = PersonChangeStep.code, EducationChangeStep.code
_BY_OWN_PROOF = ((STEP, "nationality"), (STEP, "job_title"), (LEARNED, "level"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanging(Concerned):
    """Somebody registered, what the register says of her, and what it is asked to say."""

    name: str = ""
    sex: str = ""
    former_name: str = ""
    former_sex: str = ""
    renumbered: bool = False
    """Whether another identity number is typed."""
    number_taken: bool = False
    """Whether that number is another person's."""
    proves: bool = False
    """Whether something changes that she proves herself: nationality, title, education."""
    moves_number: bool = False
    """Whether another mobile number is typed, which needs no proof."""

    @property
    def changes_identity(self) -> bool:
        """Whether name, sex or number change, which the police must prove."""
        return self.name not in ("", self.former_name) or self.sex not in ("", self.former_sex) or self.renumbered


@shared("有需要变更的信息", needs=(STEP,))
def something_changes(person: PersonChanging, on: date) -> Iterator[Finding]:
    """An application that alters nothing is none."""
    if not (person.changes_identity or person.proves or person.moves_number):
        yield refuse("", "填写的内容与登记的一致，没有需要变更的信息")


@shared("新的证件号码没有登记在他人名下", needs=(STEP,))
def number_is_free(person: PersonChanging, on: date) -> Iterator[Finding]:
    """An identity number belongs to one person."""
    if person.number_taken:
        yield refuse("person_change.id_number", "证件号码已登记在另一人名下，请核对")


POLICE = Material("police_proof", "公安机关证明", "姓名、性别、证件号码变更的证明或者变更后的户口簿、身份证")
PROOF = Material("proof", "学历、职务等证明", "学历学位证书、职务任命或者聘任文件")


class InfoChange(RegisteredItem):
    """个人信息变更."""

    short_title, group = "信息变更", "证书与信息"
    articles: ClassVar[tuple[Article, ...]] = (licensing_law(49),)
    route: ClassVar[tuple[Stage, ...]] = (Stage.ACCEPT, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))
    steps: ClassVar[tuple[type[Step], ...]] = (PersonChangeStep, EducationChangeStep)
    materials = (
        PHOTO,
        POLICE.when(lambda person, on: person.changes_identity),
        PROOF.when(lambda person, on: person.proves and not person.changes_identity),
    )

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Name, sex and nationality as the register has them."""
        begun, identity = super().prefill(subject_id), self.held(subject_id, timezone.localdate()).identity
        if identity is not None:
            begun[STEP] = {name: getattr(identity, name) for name in ("name", "sex", "nationality")}
        return begun

    def gather(self, answers: Answers, subject_id: int, on: date) -> PersonChanging:
        """What is asked for beside what the register says."""
        return PersonChanging(**self.changing(self.held(subject_id, on), answers, subject_id))

    def changing(self, held: Entry, answers: Answers, subject_id: int) -> dict[str, Any]:
        """The values of `PersonChanging`."""
        identity, number = held.identity, answers.text(STEP, "id_number")
        known = "" if identity is None else identity.nationality
        return {
            **self.concerned(held, answers),
            "name": answers.text(STEP, "name"),
            "sex": answers.text(STEP, "sex"),
            "former_name": "" if identity is None else identity.name,
            "former_sex": "" if identity is None else identity.sex,
            "renumbered": bool(number),
            "number_taken": bool(number) and vault.find(IdentifierKind.RESIDENT_ID, number) not in (None, subject_id),
            "moves_number": bool(answers.text(STEP, "mobile")),
            "proves": any(answers.text(step, name) not in ("", known) for step, name in _BY_OWN_PROOF),
        }

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Identity, numbers, title and education as typed; a new certificate where it prints what changed."""
        typed, subject = load(case), case.subject_id
        with acting_as_system(f"{self.title}登记"):
            held = self.held(subject, on)
            _title(typed, case, change)
            _education(typed, case, change)
            if mobile := typed.text(STEP, "mobile"):
                vault.store(subject, IdentifierKind.MOBILE, mobile)
            if number := typed.text(STEP, "id_number"):
                vault.replace(subject, IdentifierKind.RESIDENT_ID, number)
            if held.identity is None:
                return Effect("个人信息已变更")
            identity = self._identity(typed, case, held.identity, held, change, on)
            certificate = self.certificate(held)
            seen = any(getattr(identity, name) != getattr(held.identity, name) for name in _PRINTED)
            if certificate is None or not (seen or number):
                return Effect("个人信息已变更")
            return Effect(
                "个人信息已变更，执业证书换发新版本",
                certificate.kind,
                self._printed_anew(certificate, held, identity, number, on),
            )

    def agreed(self, held: Any) -> Mapping[str, Any]:
        """What else of the identity follows data that were corrected before."""
        return {}

    def reprinted(self, held: Any, printed: Mapping[str, Any], number: str) -> Mapping[str, Any]:
        """What else the certificate prints as it stands now; ``number`` is the new identity number, if there is one."""
        return {}

    def _identity(
        self, typed: Answers, case: Case, former: PersonIdentity, held: Entry, change: ChangeInProgress, on: date
    ) -> PersonIdentity:
        asked = {name: typed.text(STEP, name) for name in ("name", "sex", "nationality")} | {"photo": photo_of(case)}
        given = {name: value for name, value in asked.items() if value}
        identity = alter_identity(former, change, on, **self.agreed(held), **given)
        if identity.name != former.name:
            reindex(case.subject_id, identity.name)
            Account.objects.filter(subject_id=case.subject_id).update(display_name=identity.name)
        return identity

    def _printed_anew(
        self, certificate: Certificate, held: Entry, identity: PersonIdentity, number: str, on: date
    ) -> dict[str, Any]:
        """The printed fields of the version in force, brought up to date, with the change entered."""
        assert held.main is not None
        printed = unsealed(certificate)
        now = {"name": identity.name, "sex": identity.sex_word, "photo": identity.photo, "identity_number": number}
        said = {name: value for name, value in now.items() if value}
        said["institution"] = licences.name_of(held.main.institution_id, on)
        said |= self.reprinted(held, printed, number)
        return printed_anew(printed, on, "个人信息", office(held.main.authority_scope), **said)


def _title(typed: Answers, case: Case, change: ChangeInProgress) -> None:
    title, since = typed.text(STEP, "job_title"), typed.day(STEP, "title_on")
    if title and since is not None:
        values = {"title": title, "obtained_on": since}
        scope = case.decided_by
        change.state(ProfessionalTitle, case.subject_id, TITLE, values, valid_from=since, authority_scope=scope)


def _education(typed: Answers, case: Case, change: ChangeInProgress) -> None:
    graduated = typed.day(LEARNED, "graduated_on")
    if not typed.text(LEARNED, "level") or graduated is None:
        return
    line = change.next_line(Education, case.subject_id, education_line)
    values = {name: typed[LEARNED].get(name, "") for name in EducationChangeStep.base_fields}
    change.state(Education, case.subject_id, line, values, valid_from=graduated, authority_scope=case.decided_by)
