"""What the business items of doctors have in common beside those of all people: everything the register says of a doctor."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from yizheng.licensing.answers import Answers, load
from yizheng.licensing.collective.dossiers import LOOKED_UP_FOR
from yizheng.licensing.item import PersonNumber
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.periods import PERIODS
from yizheng.systems.doctors.permitted import PERMITTED
from yizheng.systems.doctors.reading.gathering import AGREES, read_ahead
from yizheng.systems.doctors.reading.held import BEARERS, HELD, Held, held_on
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.identities import enter_applicant
from yizheng.systems.practitioners.item import OFFICE, PractitionerItem
from yizheng.systems.practitioners.levels import registering_office
from yizheng.systems.practitioners.models import PersonIdentity


def _holder(number: str, account: Account) -> int | None:
    return vault.resolve(IdentifierKind.QUALIFICATION_NUMBER, number, account, LOOKED_UP_FOR)


class DoctorItem(PractitionerItem):
    """An item about a doctor."""

    of = DOCTORS
    system = "doctors"
    register = "医师"
    permitted = PERMITTED
    known_by = PersonNumber("医师资格证书编码", "qualification_number", _holder)
    memories = (HELD, BEARERS, AGREES, PERIODS)

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The authority that registers doctors of the category at the chosen institution."""
        licence = self.chosen(answers, on)
        return None if licence is None else registering_office(licence, _category(answers))

    def routing(self, subject_id: int, on: date) -> dict[str, dict[str, Any]]:
        """The category registered, by which the case finds its way."""
        main = self.held(subject_id, on).main
        return {} if main is None else {OFFICE: {"category": main.category}}

    def gather_many(self, asked: Sequence[tuple[Answers, int]], on: date) -> list[Any]:
        """As ``gather``, the register asked about all at once."""
        with acting_as_system(f"核对{self.title}"):
            read_ahead(asked, on)
            return super().gather_many(asked, on)

    def held(self, subject_id: int, on: date) -> Held:
        """Everything the register says of the person, whoever recorded it; a rule must know all of it."""
        with acting_as_system(f"核对{self.title}"):
            return held_on(subject_id, on)

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """Everything the register says of the person, and the licence of the institution the form names."""
        licence = self.chosen(load(case), on)
        facts = self.held(case.subject_id, on).facts
        return facts if licence is None else (*facts, licence)

    def enter_person(self, case: Case, change: ChangeInProgress, on: date) -> PersonIdentity:
        """The identity as the form says it, kept by the authority that decided."""
        assert case.decided_by is not None
        known = self.held(case.subject_id, on).identity
        return enter_applicant(change, case, load(case)["person"], on, office=case.decided_by, known=known)


def _category(answers: Answers) -> str:
    """The category registered; of who is not registered the one asked for."""
    steps = (OFFICE, "practice", "qualification", "origin")
    return next((found for step in steps if (found := str(answers.get(step, {}).get("category") or ""))), "")
