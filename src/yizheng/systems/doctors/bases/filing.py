"""What the items about a filing that stands have in common: the filing at the institution named, as it holds on the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from yizheng.licensing.answers import Answers, load
from yizheng.licensing.item import Candidate, Shape
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import FOREVER
from yizheng.registry.models import Fact
from yizheng.systems.doctors import permitted
from yizheng.systems.doctors.bases.item import DoctorItem
from yizheng.systems.doctors.checks.filed import FiledDoctor
from yizheng.systems.doctors.models import InstitutionFiling, PersonIdentity
from yizheng.systems.doctors.reading.gathering import employer_of
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.institutions import licences

ONE_DAY = timedelta(days=1)
STEP = "filing"


class FilingItem(DoctorItem):
    """An item about one filing of a doctor; the authority of the institution keeps it."""

    shape = Shape.FILING
    institution_step = STEP
    until_field = "period_to"

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """A filing that holds, and a status under which it may be touched."""
        held = self.held(subject_id, on)
        if not held.filings:
            return "没有多机构备案"
        return permitted.may_apply(self.code, held.status)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The institution, where the doctor is filed at one only."""
        today = timezone.localdate()
        filings = self.held(subject_id, today).filings
        known = licences.name_of(filings[0].institution_id, today) if len(filings) == 1 else ""
        return {STEP: {"institution": known}} if known else {}

    def gather(self, answers: Answers, subject_id: int, on: date) -> FiledDoctor:
        """The filing at the institution named."""
        held = self.held(subject_id, on)
        chosen = self.chosen(answers, on)
        filing = None if chosen is None else filing_at(held, chosen.subject_id)
        return FiledDoctor(
            register_status=held.status,
            employer=None if chosen is None else employer_of(chosen),
            filed=filing is not None,
            filed_until=None if filing is None or filing.valid_to == FOREVER else filing.valid_to - ONE_DAY,
            until=answers.day(STEP, self.until_field),
        )

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The registration that counts, and the filing."""
        held = self.held(case.subject_id, on)
        chosen = self.chosen(load(case), on)
        filing = None if chosen is None else filing_at(held, chosen.subject_id)
        return [fact for fact in (held.main, filing) if fact is not None]

    def filing_of(self, case: Case, on: date) -> InstitutionFiling:
        """The filing the case is about. Raises LookupError when it is gone."""
        chosen = self.chosen(load(case), on)
        filing = None if chosen is None else filing_at(self.held(case.subject_id, on), chosen.subject_id)
        if filing is None:
            raise LookupError("备案已不存在")
        return filing

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """The doctors filed at the institution, by name."""
        institution = Scope.objects.filter(pk=institution_scope).values_list("subject_id", flat=True).first()
        with acting_as_system(f"选择人员办理{self.title}"):
            filed = InstitutionFiling.objects.as_of(on).filter(institution_id=institution or 0)
            until = dict(filed.values_list("subject_id", "valid_to"))
            people = PersonIdentity.objects.as_of(on).filter(subject_id__in=until).order_by("name")
            return [Candidate(each.subject_id, each.name, _until(until[each.subject_id])) for each in people]


def filing_at(held: Held, institution: int) -> InstitutionFiling | None:
    """The filing at this institution among those that hold."""
    return next((each for each in held.filings if each.institution_id == institution), None)


def _until(day: date) -> str:
    return "长期备案" if day == FOREVER else f"备案到 {day - ONE_DAY}"
