"""What the items about institutions have in common: who applies, which authority decides, what is published.

An institution applies for itself through its operators. Before there is one, a person applies: the founder, the representative
of a legal person, the appointee of a government (细则 第十四条).
"""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.disclosure.publishing import refresh
from yizheng.kernel.codes import name_of
from yizheng.kernel.remembering import together
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import weigh
from yizheng.licensing.item import Candidate, Effect, Initiator, Item, Shape, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.offices import office_of
from yizheng.systems.institutions.register import INSTITUTIONS
from yizheng.systems.institutions.routes.routes import LICENSED

OFFICE = "office"
"""The part of the answers that says where a case goes; the platform fills it in."""


class OfInstitutions(Item):
    """An item of the register of institutions."""

    system, register = "institutions", INSTITUTIONS.title
    route: ClassVar[tuple[Stage, ...]] = (Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    extendable = True
    weighs: ClassVar[type[Any]]
    """What the rules are asked about; its fields say which field of the form answers them."""

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """What the rules weigh beside what was typed; called as the system."""
        return {}

    def gather(self, answers: Answers, subject_id: int, on: date) -> Any:
        """What was typed, and what is known beside it."""
        with acting_as_system(f"核对{self.title}"):
            return weigh(self.weighs, answers, **self.known(answers, subject_id, on))

    def after(self, cases: Sequence[Case]) -> None:
        """The public register says what the register says now of the institutions the cases changed."""
        with acting_as_system(f"公示{self.title}"):
            changed = InstitutionLicence.objects.current().filter(opened__in=[case.change_id for case in cases])
            touched = set(changed.values_list("subject_id", flat=True))
        refresh(INSTITUTIONS.code, touched | {case.subject_id for case in cases if case.begun_by_institution})


class FoundingItem(OfInstitutions):
    """An item by which an institution comes to be: a person applies, and what is founded says who decides."""

    initiators = (Initiator.PERSON,)

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """By the table of authority, for what the form states."""
        institution, site = answers.get("institution", {}), answers.get("site", {})
        further = site.get("further") or []
        beds = (site.get("beds") or 0) + sum(row.get("beds") or 0 for row in further)
        named = (institution.get(name) or "" for name in ("category", "level", "economic_type"))
        category, level, economic_type = named
        found = office_of(site.get("district") or "", category, beds, level, economic_type) if category else None
        return None if found is None else found.pk


class StandingItem(OfInstitutions):
    """An item about an institution that is in the register, at the authority that registers it."""

    whom = "该机构"
    statuses: ClassVar[Collection[str]] = licences.PRACTISING
    """In which states it can be begun."""
    regimes: ClassVar[Collection[str]] = LICENSED
    """Under which regimes there is such an item."""

    def together(self) -> AbstractContextManager[None]:
        """The licences of the institutions."""
        return together(licences.LICENSED)

    def held(self, subject_id: int, on: date) -> Held:
        """The record."""
        return Held(subject_id, on)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """What stands against it: the regime, or how the licence stands."""
        licence = licences.licence_on(subject_id, on)
        if licence is None:
            return "没有机构登记"
        if licence.kind not in self.regimes:
            return f"本机构登记的是{name_of('registration_kind', licence.kind)}，不办理{self.title}"
        if licence.status not in self.statuses:
            return f"本机构现为“{licence.status_name}”，不能办理{self.title}"
        return None

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The authority that registers it."""
        return _routed(answers, "scope")

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The record as it stands."""
        return self.held(case.subject_id, on).facts()


class InstitutionItem(StandingItem):
    """An item by which an institution changes its own record, decided by the authority that registers it."""

    about_itself = True
    initiators = (Initiator.INSTITUTION,)

    def may_initiate(self, subject_id: int, institution_scope: int, on: date) -> str | None:
        """An institution applies for itself alone."""
        if not self.concerns(subject_id, institution_scope, on):
            return "机构只能为本机构办理"
        return self.may_apply(subject_id, on)

    def concerns(self, subject_id: int, institution_scope: int, on: date) -> bool:
        """Whether the subject is the institution itself."""
        return Scope.objects.filter(pk=institution_scope, subject_id=subject_id).exists()

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """Itself."""
        own = Scope.objects.filter(pk=institution_scope, subject__isnull=False)
        return [Candidate(each.subject_id or 0, each.name) for each in own]

    def prefill_for(self, subject_id: int, institution_scope: int) -> dict[str, dict[str, Any]]:
        """What the record says, and where the case goes."""
        on = timezone.localdate()
        routed = {"scope": licences.authority_of(subject_id, on), "institution": institution_scope}
        return {**self.prefill(subject_id), OFFICE: routed}

    def institution_of(self, answers: Answers, on: date) -> int | None:
        """The institution itself."""
        return _routed(answers, "institution")


class InstitutionAct(StandingItem):
    """An act of the authority about an institution, entered by one person and decided by another."""

    shape = Shape.AUTHORITY_ACT
    initiators = (Initiator.AUTHORITY,)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The authority that registers it."""
        return {OFFICE: {"scope": licences.authority_of(subject_id, timezone.localdate())}}

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Ask the rules again and enter it. Raises NotPossibleError where one blocks."""
        answers = load(case)
        why = self.may_apply(case.subject_id, on)
        blocks = self.examine(self.gather(answers, case.subject_id, on), on).blocks
        if why or blocks:
            raise NotPossibleError(f"不能作出决定：{why or blocks[0].message}")
        with acting_as_system(f"{self.title}登记"):
            return self.enter(answers, self.held(case.subject_id, on), change, office(case))

    def enter(self, answers: Answers, held: Held, change: ChangeInProgress, deciding: Scope) -> Effect:
        """Write what was decided."""
        raise NotImplementedError

    def after(self, cases: Sequence[Case]) -> None:
        """The public register says what the register says now."""
        refresh(INSTITUTIONS.code, {case.subject_id for case in cases})


def _routed(answers: Answers, name: str) -> int | None:
    found: int | None = answers.get(OFFICE, {}).get(name)
    return found


def office(case: Case) -> Scope:
    """The authority that decides a case."""
    return Scope.objects.get(pk=case.decided_by)
