"""What a grant enters of a person in every register: her identity with the photo, the education she relied on, who sees her."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from yizheng.documents.declarations import CertificateKind
from yizheng.licensing.answers import Answers
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.registry.models import Fact, StateFact
from yizheng.registry.registers import Register
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.certificates import printed
from yizheng.systems.practitioners.identities import enter_applicant, identity_on, show_to
from yizheng.systems.practitioners.models import Education, PersonIdentity, TrainingProof
from yizheng.systems.practitioners.models.education import line as education_line
from yizheng.systems.practitioners.models.training import ASSESSMENT, TRAINING
from yizheng.systems.practitioners.models.training import line as proof_line
from yizheng.systems.practitioners.prefilling import EDUCATION

F = TypeVar("F", bound=StateFact)


@dataclass(frozen=True, slots=True)
class Entered:
    """What a grant goes on with: the answers, where she will work, who decides, who she is."""

    answers: Answers
    licence: InstitutionLicence
    office: Scope
    identity: PersonIdentity

    def register(
        self, change: ChangeInProgress, kind: type[F], line: str, on: date, *, step: str = "practice", **said: Any
    ) -> F:
        """Open a registration at the institution, with what the form says in fields of the same name and what is ``said``."""
        names = {each.name for each in kind.typed_fields()}
        typed = {name: value for name, value in self.answers[step].items() if name in names and value is not None}
        values = {**typed, "institution": self.licence.subject_id, **said}
        return change.state(kind, self.identity.subject_id, line, values, valid_from=on, authority_scope=self.office.pk)

    def certified(self, told: str, kind: CertificateKind, registration: Fact, **more: str) -> Effect:
        """The effect that a grant reports, with the certificate it issues."""
        known = {"institution": self.licence.name, "identity_number": self.answers.text("person", "id_number")}
        return Effect(told, kind.code, printed(kind, registration, self.identity, self.office, **known, **more))


def enter_practitioner(
    case: Case, answers: Answers, change: ChangeInProgress, licence: InstitutionLicence, on: date
) -> PersonIdentity:
    """Identity, and first education where it is asked for, as the form says them; institution and authority see the person from now on."""
    office, typed = case.decided_by, answers.get("education")
    known = identity_on(case.subject_id, on)
    identity = enter_applicant(change, case, answers["person"], on, office=office, known=known)
    if typed:
        change.state(
            Education,
            case.subject_id,
            education_line(1),
            {name: typed.get(name, "") for name in EDUCATION},
            valid_from=typed["graduated_on"],
            authority_scope=office,
        )
    show_to(change, identity, licence.subject_id, office, f"case:{case.pk}")
    return identity


def enter_proofs(change: ChangeInProgress, subject_id: int, typed: Answers, office: int, of: Register) -> None:
    """The assessment and the training typed, where they were, unless the register knows of them."""
    assessed, trained = typed.get("back", {}), typed.get("training", {})
    enter = partial(_enter_proof, change, subject_id, office, of)
    if assessed.get("assessed_on"):
        day = assessed["assessed_on"]
        enter(day, ASSESSMENT, assessed.get("assessor", ""), day, passed=bool(assessed.get("assessment")))
    if trained.get("ended_on"):
        began, passed = trained["started_on"], bool(trained.get("result"))
        enter(trained["ended_on"], TRAINING, trained.get("institution", ""), began, passed=passed)


def _enter_proof(
    change: ChangeInProgress,
    subject_id: int,
    office: int,
    of: Register,
    day: date,
    kind: str,
    where: str,
    began: date,
    *,
    passed: bool,
) -> None:
    """One proof on the day it ended; what the register has of that day stays as it is."""
    known = TrainingProof.objects.current().filter(subject_id=subject_id, of_register=of.code)
    if not known.filter(line=proof_line(kind), valid_from=day).exists():
        said = {"of_register": of.code, "kind": kind, "institution_name": where, "started_on": began, "passed": passed}
        change.event(TrainingProof, subject_id, proof_line(kind), said, happened_on=day, authority_scope=office)
