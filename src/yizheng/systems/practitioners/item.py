"""What the business items about people have in common: which institution confirms, which authority decides, what follows.

The authority that licensed the institution decides on those who practise there (医师执业注册管理办法 第八条, 护士条例 第八条); who
is registered or deregistered is published.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.disclosure.publishing import refresh
from yizheng.kernel.remembering import Memory, together
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import weigh
from yizheng.licensing.dated_numbers import NUMBERS
from yizheng.licensing.item import Candidate, Item
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import organisation_of
from yizheng.registry.registers import Register
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners import permits
from yizheng.systems.practitioners.amending import LINES
from yizheng.systems.practitioners.certificate_series import next_number
from yizheng.systems.practitioners.employer import Employer, employer_of
from yizheng.systems.practitioners.entering import Entered, enter_practitioner, enter_proofs
from yizheng.systems.practitioners.identities import (
    BEARERS,
    IDENTITIES,
    PHOTOS,
    enter_applicant,
    identity_on,
    read_identities,
    read_photos,
)
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.numbers_of_person import THEIRS
from yizheng.systems.practitioners.permitted import PermittedBusiness
from yizheng.systems.practitioners.prefilling import prefilled_person
from yizheng.systems.practitioners.registered import (
    ELSEWHERE,
    FILED,
    Entry,
    PeopleRegister,
    Registered,
    people_register,
)

OFFICES: Memory[int, Scope] = Memory("yizheng_practitioners_offices")
"""The scopes of the authorities that decide, by id."""
ENTRIES: Memory[tuple[str, int, date], Entry] = Memory("yizheng_practitioners_entries", lambda key: key[1])
"""What registers say of people on a day, by register, subject and day."""


def read_registered(people: PeopleRegister, subject_ids: Sequence[int], on: date) -> dict[int, Entry]:
    """What the register says of these people, in three queries however many they are; call it as the system."""
    asked = [(people.code, subject, on) for subject in subject_ids]
    found = ENTRIES.ask_many(asked, lambda unread: _registered(people, [subject for _, subject, _ in unread], on))
    return {subject: each for (_, subject, _), each in found.items()}


def _registered(people: PeopleRegister, subject_ids: list[int], on: date) -> dict[tuple[str, int, date], Entry]:
    read_identities(subject_ids, on)
    filed = people.relation(FILED)
    known = people.registration.objects.current().filter(subject_id__in=subject_ids).on(on).order_by("line")
    filings = () if filed is None else filed.kind.objects.as_of(on).filter(subject_id__in=subject_ids).order_by("line")
    registered, further = _by_subject(known), _by_subject(filings)
    return {
        (people.code, subject, on): Registered(
            people, on, identity_on(subject, on), tuple(registered[subject]), tuple(further[subject])
        )
        for subject in subject_ids
    }


def _by_subject(facts: Iterable[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for each in facts:
        found[each.subject_id].append(each)
    return found


OFFICE = "office"
"""The part of the answers that says where a case goes; it is filled in by the platform and no step of a form."""


class InstitutionGoneError(NotPossibleError):
    """The institution named in the application has no licence on the day of the decision."""


def office(scope: int) -> Scope:
    """The authority that decides, by the id of its scope."""
    return OFFICES.ask(scope, lambda: Scope.objects.get(pk=scope))


def institution_in(scope: int | None) -> int | None:
    """The institution an organisation stands for, by the id of its scope."""
    return Scope.objects.filter(pk=scope).values_list("subject_id", flat=True).first() if scope else None


class PractitionerItem(Item):
    """An item about a person of a register, decided by the authority of the institution that its form names."""

    of: ClassVar[Register]
    """The register it changes."""
    permitted: ClassVar[PermittedBusiness]
    """What the status of a registration allows; items that never ask it need none."""
    institution_step: ClassVar[str] = "practice"
    """The step whose field ``institution`` names the institution that confirms."""
    newcomers: ClassVar[bool] = False
    """Whether an institution applies for people who do not work there yet."""
    memories: ClassVar[tuple[Memory[Any, Any], ...]] = ()
    """What is read of many people at once, beside institutions, authorities and photos."""
    weighs: ClassVar[type[Any]]
    """What the rules are asked about; its fields say which field of the form answers them."""

    @property
    def people(self) -> PeopleRegister:
        """Who is registered in it, and where."""
        return people_register(self.of.code)

    def together(self) -> AbstractContextManager[None]:
        """What is read of many people, and the institutions they name, is read once."""
        return together(
            licences.NAMED, licences.LICENSED, LINES, OFFICES, PHOTOS, IDENTITIES, BEARERS, THEIRS, ENTRIES, ELSEWHERE, NUMBERS,
            permits.HELD, *self.memories,
        )  # fmt: skip

    def held(self, subject_id: int, on: date) -> Entry:
        """What the register says of the person, whoever recorded it; a rule must know all of it."""

        def read() -> Entry:
            with acting_as_system(f"核对{self.title}"):
                return read_registered(self.people, [subject_id], on)[subject_id]

        return ENTRIES.ask((self.of.code, subject_id, on), read)

    def gather_many(self, asked: Sequence[tuple[Answers, int]], on: date) -> list[Any]:
        """As ``gather``, the register asked about all at once."""
        with acting_as_system(f"核对{self.title}"):
            self.read_many([subject for _, subject in asked], on)
            return super().gather_many(asked, on)

    def read_many(self, subject_ids: Sequence[int], on: date) -> None:
        """Read at once what `held` is asked of these people; what is remembered of them still stands."""
        read_registered(self.people, subject_ids, on)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """What the table of permitted business says of the status."""
        return self.permitted.may_apply(self.code, self.held(subject_id, on).status)

    def routing(self, subject_id: int, on: date) -> dict[str, dict[str, Any]]:
        """What else than the form a case finds its way by."""
        return {}

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """What the rules weigh beside what was typed; called as the system."""
        return {}

    def gather(self, answers: Answers, subject_id: int, on: date) -> Any:
        """What was typed, and what is known beside it."""
        with acting_as_system(f"核对{self.title}"):
            return weigh(self.weighs, answers, **self.known(answers, subject_id, on))

    def chosen(self, answers: Answers, on: date) -> InstitutionLicence | None:
        """The institution the form names, as its licence stands on the day."""
        return licences.named(answers.text(self.institution_step, "institution"), on)

    def employer(self, case: Case, on: date) -> InstitutionLicence:
        """The institution the form names, at the decision. Raises InstitutionGoneError."""
        licence = self.chosen(load(case), on)
        if licence is None:
            raise InstitutionGoneError("拟执业机构在决定日没有执业许可")
        return licence

    def admit(self, case: Case, change: ChangeInProgress, on: date) -> Entered:
        """Enter the person, her education and training as the form says them. Raises InstitutionGoneError."""
        licence, answers = self.employer(case, on), load(case)
        identity = enter_practitioner(case, answers, change, licence, on)
        enter_proofs(change, case.subject_id, answers, case.decided_by, self.of)
        return Entered(answers, licence, office(case.decided_by), identity)

    def enter_person(self, case: Case, change: ChangeInProgress, on: date) -> PersonIdentity:
        """The identity as the form says it, kept by the authority that decided."""
        known = identity_on(case.subject_id, on)
        return enter_applicant(change, case, load(case)["person"], on, office=case.decided_by, known=known)

    def weighed_employer(self, answers: Answers, on: date) -> Employer | None:
        """The institution the form names, as the rules weigh it."""
        licence = self.chosen(answers, on)
        return None if licence is None else employer_of(licence)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Who she is, as the register and the vault know her."""
        account = Account.objects.filter(subject_id=subject_id).first()
        with acting_as_system(f"填写{self.title}申请"):
            identity = identity_on(subject_id, timezone.localdate())
        return {"person": prefilled_person(subject_id, account, identity)}

    def institution_of(self, answers: Answers, on: date) -> int | None:
        """The organisation of the chosen institution."""
        licence = self.chosen(answers, on)
        scope = None if licence is None else organisation_of(licence.subject_id)
        return None if scope is None else scope.pk

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The authority that licensed the chosen institution."""
        licence = self.chosen(answers, on)
        return None if licence is None else licence.authority_scope

    def prefill_for(self, subject_id: int, institution_scope: int) -> dict[str, dict[str, Any]]:
        """What is known, and the institution that applies where the form asks for one."""
        known = self.prefill(subject_id)
        step = next((each for each in self.steps if each.code == self.institution_step), None)
        if step is None or "institution" not in step.base_fields:
            return known
        name = licences.name_of(institution_in(institution_scope), timezone.localdate())
        return {**known, step.code: {**known.get(step.code, {}), "institution": name}}

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """The people registered at the institution, by name."""
        return self.own_people(institution_scope, on)

    def numbers_of(self, subjects: Sequence[int], on: date) -> Mapping[int, str]:
        """By the registrations in sight; of several the one that counts."""
        held = _by_subject(self.people.registration.objects.as_of(on).filter(subject_id__in=subjects))
        rank = self.people.registration.head.rank
        return {subject: str(getattr(min(each, key=rank), self.people.number)) for subject, each in held.items()}

    def own_people(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """The people registered at the institution, by name."""
        number = self.people.number
        return self.named_at(
            institution_scope, self.people.registration, on, lambda each: getattr(each, number) if each.stands else None
        )

    def named_at(
        self, institution_scope: int, kind: type[Any], on: date, hint: Callable[[Any], str | None]
    ) -> list[Candidate]:
        """The people whom facts of a kind bind to the institution, by name, with a hint each; without one she is none."""
        with acting_as_system(f"选择人员办理{self.title}"):
            here = kind.objects.as_of(on).filter(institution_id=institution_in(institution_scope) or 0)
            found = {each.subject_id: words for each in here if (words := hint(each)) is not None}
            people = PersonIdentity.objects.as_of(on).filter(subject_id__in=found).order_by("name")
            number = self.people.number
            numbers = {each.subject_id: str(getattr(each, number, "")) for each in here}
            return [
                Candidate(each.subject_id, each.name, found[each.subject_id], numbers[each.subject_id])
                for each in people
            ]

    def works_at(self, subject_id: int, institution_scope: int, on: date) -> bool:
        """Whether the institution may apply for her."""
        return any(each.subject_id == subject_id for each in self.staff(institution_scope, on))

    def may_initiate(self, subject_id: int, institution_scope: int, on: date) -> str | None:
        """An institution applies for those who practise there, under the same conditions as themselves."""
        if not self.concerns(subject_id, institution_scope, on):
            return f"只能为本机构的在册{self.of.title}办理"
        return self.may_apply(subject_id, on)

    def concerns(self, subject_id: int, institution_scope: int, on: date) -> bool:
        """Whether the institution may apply for her at all; for newcomers it need not know her."""
        return self.newcomers or self.works_at(subject_id, institution_scope, on)

    def ahead(self, entries: Sequence[tuple[Case, ChangeInProgress]], on: date) -> None:
        """Photos and identities of all; what was read of them for the rules, while they were held, still stands."""
        cases = [case for case, _ in entries]
        with acting_as_system(f"登记{self.title}"):
            read_photos(cases)
            self.read_many([case.subject_id for case in cases], on)

    def new_number(self, kind: str, case: Case, change: ChangeInProgress, on: date) -> str:
        """A new number of this kind of certificate, given to the subject of the case."""
        return next_number(kind, on, given_to=f"subject:{case.subject_id}", change_id=change.id)

    def after(self, cases: Sequence[Case]) -> None:
        """The public register says what the register says now."""
        refresh(self.of.code, [case.subject_id for case in cases])
