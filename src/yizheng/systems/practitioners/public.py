"""The public entry of a register in which a person has one registration: what the declarations of the register say of it.

A register whose people hold several registrations and permits at once lays them over one another itself (`public_periods`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils import timezone

from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.records import Milestone, Note, Period, PracticePlace, PractitionerRecord
from yizheng.disclosure.sources import Lookup, PeopleSource, register_source
from yizheng.disclosure.standings import WORDS, Standing
from yizheng.registry.periods import one_day
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.places import CITY, place_name
from yizheng.systems.practitioners.public_periods import layer, overlaid
from yizheng.systems.practitioners.registered import PeopleRegister
from yizheng.systems.practitioners.surroundings import Surroundings, surroundings


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """How the public reads of a register's people."""

    people: PeopleRegister
    lookup: Lookup
    standing: Callable[[str], Standing | None]
    """What the public reads of a status; nothing for what is not for the public."""
    first_registered: str
    """The field with the day of the first registration."""
    notes: Callable[[Any], tuple[Note, ...]]
    """Further public fields of the version that counts."""
    told: Callable[[Any, Any], str]
    """What a version says otherwise than the one before it, beside status and institution; empty where nothing."""
    last_day: str = ""
    """The field with the last day of a term that ends by itself."""

    def declare(self) -> None:
        """Publish the register."""
        register_source(
            PeopleSource(
                self.people.register,
                PublicPractitioner,
                self.subjects,
                self.records,
                in_force="在册",
                lookup=self.lookup,
            )
        )

    def subjects(self) -> Iterator[int]:
        """Everybody who has or had a registration."""
        found = self.people.registration.objects.current().order_by("subject_id")
        yield from found.values_list("subject_id", flat=True).distinct()

    def records(self, ids: Sequence[int]) -> Iterable[PractitionerRecord]:
        """The public records of these people, in four queries whatever their number."""
        today = timezone.localdate()
        versions: defaultdict[int, list[Any]] = defaultdict(list)
        held = self.people.registration.objects.current().filter(subject_id__in=ids)
        for each in held.order_by("valid_from"):
            if self.standing(each.status) is not None:
                versions[each.subject_id].append(each)
        places = {each.institution_id for found in versions.values() for each in found if each.institution_id}
        around = surroundings(today, places)
        for identity in PersonIdentity.objects.as_of(today).filter(subject_id__in=list(versions)):
            yield self._record(identity, versions[identity.subject_id], around)

    def _record(self, identity: PersonIdentity, versions: list[Any], around: Surroundings) -> PractitionerRecord:
        now = [each for each in versions if each.valid_from <= around.today] or versions[:1]
        latest = now[-1]
        main = None
        if latest.institution_id is not None:
            name = around.name_over(latest.institution_id, latest.valid_to)
            main = PracticePlace(latest.institution_id, name, latest.valid_from, latest.valid_to)
        return PractitionerRecord(
            subject=identity.subject_id,
            name=identity.name,
            sex=identity.sex_word,
            level="",
            category="",
            place=place_name(CITY),
            authority=around.offices.get(latest.authority_scope, ""),
            practice_number=getattr(latest, self.people.number),
            first_registered=getattr(latest, self.first_registered),
            scopes=(),
            main=main,
            periods=overlaid(layer(period) for each in versions for period in self._periods(each, around)),
            milestones=tuple(self._milestones(versions, around)),
            notes=self.notes(latest),
        )

    def _periods(self, version: Any, around: Surroundings) -> Iterator[Period]:
        """How she stood: by the status written, and expired from the day after the last of her term."""
        said = self.standing(version.status)
        assert said is not None
        over: date | None = None
        if self.last_day and version.stands:
            _, over = one_day(getattr(version, self.last_day))
        for since, until, name in around.renamed(version.institution_id, version.valid_from, version.valid_to):
            if over is None or until <= over:
                yield Period(said, since, until, name)
                continue
            if since < over:
                yield Period(said, since, over, name)
            yield Period(Standing.EXPIRED, max(since, over), until, name)

    def _milestones(self, versions: Sequence[Any], around: Surroundings) -> Iterator[Milestone]:
        first = versions[0]
        name = around.name(first.institution_id, first.valid_from)
        yield Milestone(getattr(first, self.first_registered), f"首次注册：{name}".rstrip("："))
        for before, after in pairwise(versions):
            if words := self._difference(before, after, around):
                yield Milestone(after.valid_from, words)

    def _difference(self, before: Any, after: Any, around: Surroundings) -> str:
        said = self.standing(after.status)
        if before.status != after.status and said is not None:
            return WORDS[said].long
        if before.institution_id != after.institution_id:
            return f"变更主要执业机构：{around.name(after.institution_id, after.valid_from)}"
        return self.told(before, after)
