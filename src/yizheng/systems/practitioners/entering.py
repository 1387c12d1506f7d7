"""What a grant enters of a person in every register: her identity with the photo, the education she relied on, who sees her."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from yizheng.documents.declarations import CertificateKind
from yizheng.licensing.answers import Answers
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.registry.models import Fact, StateFact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.certificates import printed
from yizheng.systems.practitioners.identities import enter_applicant, identity_on, show_to
from yizheng.systems.practitioners.models import Education, PersonIdentity
from yizheng.systems.practitioners.models.education import line as education_line

_SAID = ("level", "degree", "school", "major", "learning_form", "graduated_on")


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
            {name: typed.get(name, "") for name in _SAID},
            valid_from=typed["graduated_on"],
            authority_scope=office,
        )
    show_to(change, identity, licence.subject_id, office, f"case:{case.pk}")
    return identity
