"""What the business items of special qualifications have in common; each says only what is particular to it.

人体器官捐献和移植条例 第二十七条, 母婴保健法 第三十三条 and the other bases each item names. A qualification granted hangs on
the registration: nobody whose registration does not permit practice begins, and it ends with the registration.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.documents.authorities import authority
from yizheng.kernel.codes import name_of, table
from yizheng.kernel.statutes import Article, licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.item import Effect, Initiator, Material, Shape, Stage, WorkingDays
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import levels, permitted
from yizheng.systems.doctors.item import DoctorItem
from yizheng.systems.doctors.levels import Level
from yizheng.systems.doctors.special.applicant import SpecialApplicant
from yizheng.systems.doctors.special.granting import Grant, granted
from yizheng.systems.doctors.special.reading import held_of, line_of, special_applicant, title_of
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence

TITLE_PROOF = Material("title_proof", "专业技术职务证书", "与所填职务一致")
TRAINING_PROOF = Material("training_proof", "培训考核合格证明", "由培训机构出具")
LETTER = Material("letter", "机构证明", "由执业机构出具，写明从事的工作")


class SpecialItem(DoctorItem):
    """An item that grants one of a few types of special qualifications."""

    institution_step = "special"
    register = "专项医师"
    group = "专项资格"
    types: ClassVar[tuple[str, ...]]
    """What it grants; with several the form asks which."""
    details: ClassVar[str] = ""
    """The code table of what the qualification is about."""
    level: ClassVar[Level] = Level.LICENSOR
    level_rule: ClassVar[str] = ""
    """The dated rule that names the level, where the texts leave it open."""
    certificate: ClassVar[str] = ""
    """The kind of certificate of its own."""
    noted: ClassVar[bool] = False
    """Whether it is entered on the practice certificate."""
    by_institution: ClassVar[bool] = False
    """Whether the institution grants and the authority keeps the list."""
    articles: ClassVar[tuple[Article, ...]] = ()
    initiators: ClassVar[tuple[Initiator, ...]] = (Initiator.PERSON, Initiator.INSTITUTION)
    materials: ClassVar[tuple[Material, ...]] = (TITLE_PROOF, TRAINING_PROOF)
    route: ClassVar[tuple[Stage, ...]] = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """The status of the registration decides (see ``permitted``)."""
        return permitted.may_apply(self.code, self.status(subject_id, on))

    def status(self, subject_id: int, on: date) -> str:
        """How the registration that counts stands."""
        return self.held(subject_id, on).status

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The main institution, and the title on record."""
        today = timezone.localdate()
        main = self.held(subject_id, today).main
        known = {
            "institution": "" if main is None else licences.name_of(main.institution_id, today),
            "title_held": title_of(subject_id, today, f"核对{self.title}"),
        }
        known = {name: value for name, value in known.items() if value}
        return {"special": known} if known else {}

    def type_of(self, answers: Answers) -> str:
        """Which type is asked for; empty while it is not chosen."""
        chosen = str(answers.get("special", {}).get("type", ""))
        if len(self.types) == 1:
            return self.types[0]
        return chosen if chosen in self.types else ""

    def gather(self, answers: Answers, subject_id: int, on: date) -> SpecialApplicant:
        """What the rules weigh."""
        return special_applicant(
            answers.get("special", {}),
            self.type_of(answers),
            self.held(subject_id, on),
            held_of(subject_id, f"核对{self.title}"),
            self.chosen(answers, on),
            on,
        )

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The authority of the level that decides on this kind."""
        licence = self.chosen(answers, on)
        at = levels.level(self.level_rule, on) if self.level_rule else self.level
        return None if licence is None else levels.authority(at, licence)

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The registration it hangs on, the filings, and the institution's licence."""
        held, licence = self.held(case.subject_id, on), self.chosen(load(case), on)
        return [*held.standing, *held.filings, *([licence] if licence else [])]

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Enter the qualification; the certificate says so. Raises NotPossibleError when the registration is gone."""
        licence, held = self.chosen(load(case), on), self.held(case.subject_id, on)
        if licence is None or held.main is None:
            raise NotPossibleError("执业机构的许可或者医师的注册已不存在")
        with acting_as_system("专项资格登记"):
            return granted(change, held, self.grant_of(case, licence), on, cause=f"case:{case.pk}")

    def grant_of(self, case: Case, licence: InstitutionLicence) -> Grant:
        """What is granted, by whom, with which certificate."""
        answers = load(case)
        typed, type_ = answers["special"], self.type_of(answers)
        office = Scope.objects.get(pk=case.decided_by)
        return Grant(
            type=type_,
            detail=str(typed.get("detail", "")),
            line=line_of(type_, str(typed.get("detail", "")), licence.subject_id),
            licence=licence,
            office=office,
            granted_by=licence.name if self.by_institution else authority(office.code).name,
            words=self.words(type_, str(typed.get("detail", ""))),
            typed=typed,
            certificate=self.certificate,
            noted=self.noted,
        )

    def words(self, type_: str, detail: str) -> str:
        """What is granted, in words."""
        about = name_of(self.details, detail) if self.details and detail else ""
        name = table("special_qualification_type")[type_].name
        return f"{name}（{about}）" if about else name


class SpecialLicence(SpecialItem):
    """A special qualification that is granted on application."""

    statutory = WorkingDays(20, licensing_law(42))


class SpecialFiling(SpecialItem):
    """A special qualification that is filed: it takes effect once the institution confirms, and is checked afterwards."""

    shape = Shape.FILING
    route = (Stage.CONFIRM, Stage.ACCEPT)


class GrantedByInstitution(SpecialFiling):
    """The institution trained, examined and granted; the authority is told the list and keeps it."""

    by_institution = True
    collective = True
    initiators = (Initiator.INSTITUTION,)
    materials = (Material("record", "培训考核记录和签名留样", "由机构盖章"),)
