"""What a grant enters of a person in every register: her identity with the photo, the education she relied on, who sees her."""

from __future__ import annotations

from datetime import date

from yizheng.licensing.answers import Answers
from yizheng.licensing.models import Case
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.identities import enter_applicant, identity_on, show_to
from yizheng.systems.practitioners.models import Education, PersonIdentity
from yizheng.systems.practitioners.models.education import line as education_line

_SAID = ("level", "degree", "school", "major", "learning_form", "graduated_on")


def enter_practitioner(
    case: Case, answers: Answers, change: ChangeInProgress, licence: InstitutionLicence, on: date
) -> PersonIdentity:
    """Identity and first education as the form says them; institution and authority see the person from now on."""
    office, typed = case.decided_by, answers["education"]
    known = identity_on(case.subject_id, on)
    identity = enter_applicant(change, case, answers["person"], on, office=office, known=known)
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
