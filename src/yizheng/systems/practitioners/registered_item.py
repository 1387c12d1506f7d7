"""Items about somebody who is in the register already: the authority that keeps her entry decides, not one named in a form."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.documents.models import Certificate, Ending, Status
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.item import Effect, Initiator, Shape, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import city, organisation_of
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.practitioners.amending import end_registration, end_standing, revoke_certificates
from yizheng.systems.practitioners.item import OFFICE, PractitionerItem
from yizheng.systems.practitioners.registered import FILED, Entry


class RegisteredItem(PractitionerItem):
    """An item handled by the authority that keeps the person's registration."""

    confirmation: ClassVar[str] = "确认"

    def certificate(self, held: Entry) -> Certificate | None:
        """The certificate in force of the registration that counts; call it as the system."""
        if held.main is None:
            return None
        mine = Certificate.objects.all().filter(subject_id=held.main.subject_id, status=Status.VALID)
        return mine.filter(number=getattr(held.main, self.people.number)).first()

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Where the case goes."""
        return {OFFICE: self.office(subject_id, timezone.localdate())}

    def office(self, subject_id: int, on: date) -> dict[str, Any]:
        """The scope that keeps the registration, and the organisation of the main institution."""
        held = self.held(subject_id, on)
        main = held.main
        house = None if main is None or main.institution_id is None else organisation_of(main.institution_id)
        return {"scope": keeper(held), "institution": None if house is None else house.pk}

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The authority that keeps the registration."""
        return _scope(answers, "scope")

    def institution_of(self, answers: Answers, on: date) -> int | None:
        """The main institution."""
        return _scope(answers, "institution")

    def concerned(self, held: Entry, answers: Answers) -> dict[str, Any]:
        """The status, and whether another authority keeps the registration since the case was begun (`checks.Concerned`)."""
        return {"register_status": held.status, "moved": self.moved(answers, held)}

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """How she stands, and whether another authority keeps her registration by now."""
        return self.concerned(self.held(subject_id, on), answers)

    def moved(self, answers: Answers, held: Any) -> bool:
        """Whether another authority keeps the registration since the case was begun."""
        begun = _scope(answers, "scope")
        return begun is not None and begun != keeper(held)

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """Everything the register says of the person."""
        return self.held(case.subject_id, on).facts

    def close(
        self,
        case: Case,
        change: ChangeInProgress,
        on: date,
        *,
        status: str,
        because: str,
        reason: str = "",
        ending: Ending = Ending.CANCELLED,
    ) -> None:
        """End what stands of the person, its certificates and what rests on it; call it as the system.

        Raises NotPossibleError where nothing stands any more.
        """
        standing = self.held(case.subject_id, on).standing
        if not standing:
            raise NotPossibleError("注册已经终止，请核对后再作决定")
        revoke_certificates(standing, change, on, ending=ending)
        self.end_dependents(case.subject_id, change, on, because=because)
        for registration in standing:
            end_registration(registration, change, on, status=status, reason=reason)

    def end_dependents(self, subject_id: int, change: ChangeInProgress, on: date, *, because: str) -> None:
        """End what rests on a registration: the filings at further institutions."""
        filed = self.people.relation(FILED)
        if filed is not None:
            end_standing(filed.kind, subject_id, change, on)


class RecordedAct(RegisteredItem):
    """An act of the authority that is weighed once more when it is enacted; what stands against it stops it."""

    shape = Shape.AUTHORITY_ACT
    initiators = (Initiator.AUTHORITY,)
    route: ClassVar[tuple[Stage, ...]] = (Stage.DECIDE,)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Ask the rules again and write. Raises NotPossibleError where one blocks."""
        blocks = self.examine(self.gather(load(case), case.subject_id, on), on).blocks
        if blocks:
            raise NotPossibleError(f"不能作出决定：{blocks[0].message}")
        with acting_as_system(f"{self.title}登记"):
            return self.enter(case, change, on)

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Write the facts of the act, with sight of every line of the person."""
        raise NotImplementedError


def keeper(held: Entry) -> int:
    """The scope that keeps the registration: of what stands, else of what ended last, else the city."""
    return city().pk if held.last is None else int(held.last.authority_scope)


def _scope(answers: Answers, name: str) -> int | None:
    found: int | None = answers.get(OFFICE, {}).get(name)
    return found
