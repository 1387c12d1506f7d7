"""The public entry of a register of people: what its registrations, filings and permits say, laid over one another.

A register says which versions count, what is public of them and what a change is called; everything else follows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, pairwise
from typing import Any, Protocol

from django.utils import timezone

from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.records import Milestone, Note, Period, PracticePlace, PractitionerRecord
from yizheng.disclosure.sources import Lookup, PeopleSource, register_source
from yizheng.disclosure.standings import ENDED_BY_DEREGISTRATION, WORDS, Standing
from yizheng.registry.periods import one_day
from yizheng.systems.practitioners import public_filings
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.places import CITY, place_name
from yizheng.systems.practitioners.public_periods import Layer, Rank, layer, overlaid, withheld
from yizheng.systems.practitioners.registered import PeopleRegister
from yizheng.systems.practitioners.special.public import Notes
from yizheng.systems.practitioners.surroundings import Surroundings, surroundings


class Permits(Protocol):
    """What people of a register practise by beside a registration, or without one."""

    def holders(self) -> Iterator[int]:
        """Everybody who has or had one."""

    def permits_of(self, ids: Sequence[int]) -> Mapping[int, list[Any]]:
        """The permits of these people, oldest first."""

    def record_of(
        self, identity: PersonIdentity, versions: Iterable[Any], around: Surroundings
    ) -> PractitionerRecord | None:
        """The entry of a person by her permits."""

    def layers(self, versions: Iterable[Any], around: Surroundings, level: str = "") -> Iterator[Layer]:
        """How these permits stood."""


@dataclass(frozen=True)
class PublicEntry:
    """How the public reads of a register's people."""

    people: PeopleRegister
    lookup: Lookup
    standing: Callable[[str], Standing | None]
    """What the public reads of a status; nothing for what is not for the public."""
    first_registered: str
    """The field with the day of the first registration."""
    notes: Callable[[Any], tuple[Note, ...]] = field(default=lambda held: ())
    """Further public fields of the version that counts, told until the registration ended."""
    told: Callable[[Any, Any], str] = field(default=lambda before, after: "")
    """What a version says otherwise than the one before it, beside status and institution; empty where nothing."""
    filings: type[Any] | None = None
    """The kind of filing at a further institution."""
    permits: Permits | None = None
    beside: Notes = field(default=lambda ids, today: {})
    """What is told beside their registration of people who may practise."""

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
        """Everybody who has or had a registration or a permit."""
        found = self.people.registration.objects.current().order_by("subject_id")
        registered = found.values_list("subject_id", flat=True).distinct()
        yield from dict.fromkeys(chain(registered, self.permits.holders() if self.permits else ()))

    def records(self, ids: Sequence[int]) -> Iterable[PractitionerRecord]:
        """The public records of these people, in as many queries whatever their number."""
        today = timezone.localdate()
        held: defaultdict[int, list[Any]] = defaultdict(list)
        registered = self.people.registration.objects.current().filter(subject_id__in=ids)
        for each in registered.order_by("subject_id", "valid_from", "line"):
            held[each.subject_id].append(each)
        filings = public_filings.filings_of(self.filings, ids, today) if self.filings else {}
        by_person = self.permits.permits_of(ids) if self.permits else {}
        placed = chain.from_iterable([*held.values(), *filings.values(), *by_person.values()])
        around = surroundings(today, {each.institution_id for each in placed if each.institution_id})
        notes = self.beside(ids, today)
        for identity in PersonIdentity.objects.as_of(today).filter(subject_id__in=ids):
            subject = identity.subject_id
            versions, permits = held.get(subject, []), by_person.get(subject, [])
            shown = [each for each in self.counting(versions) if self.standing(each.status)] if versions else []
            by_permit = self.permits.record_of(identity, permits, around) if self.permits else None
            if shown and not (by_permit and _stands_by_permit_alone(versions, permits, today)):
                record = self._record(identity, versions, shown, filings.get(subject, []), around)
                told = self.notes(_latest(shown, around)), notes.get(subject, ())
                yield self._complete(record, versions, permits, *told, around)
            elif by_permit is not None:
                yield self._complete(by_permit, versions, permits, (), (), around)

    def counting(self, versions: list[Any]) -> list[Any]:
        """The versions of which the entry speaks."""
        return versions

    def history(self, versions: list[Any]) -> list[Any]:
        """The versions of which the history speaks."""
        return self.counting(versions)

    def rank(self, version: Any) -> Rank:
        """Of versions that stand on a day the lowest counts."""
        return ()

    def particulars(self, shown: list[Any], latest: Any) -> dict[str, Any]:
        """What the entry says of the registration beside its number, days and institutions."""
        return {"level": "", "category": "", "place": place_name(CITY), "scopes": ()}

    def period(self, version: Any, record: PractitionerRecord) -> dict[str, Any]:
        """What a period says beside how and where she was registered."""
        return {}

    def begun(self, first: Any) -> tuple[date, str]:
        """The day and the words of the first event."""
        return getattr(first, self.first_registered), "首次注册"

    def difference(self, before: Any, after: Any, around: Surroundings) -> str:
        """What a version says otherwise than the one before it: the one thing for which it was entered."""
        said = self.standing(after.status)
        if before.status != after.status and said is not None:
            return WORDS[said].long
        if before.institution_id != after.institution_id:
            return f"变更主要执业机构：{around.name(after.institution_id, after.valid_from)}"
        return self.told(before, after)

    def _record(
        self, identity: PersonIdentity, versions: list[Any], shown: list[Any], filings: list[Any], around: Surroundings
    ) -> PractitionerRecord:
        latest = _latest(shown, around)
        told = [each for each in self.history(versions) if self.standing(each.status)]
        return PractitionerRecord(
            subject=identity.subject_id,
            name=identity.name,
            sex=identity.sex_word,
            authority=around.offices.get(latest.authority_scope, ""),
            practice_number=getattr(latest, self.people.number),
            first_registered=getattr(latest, self.first_registered),
            main=None if self.standing(latest.status) == Standing.LEFT else self._main(shown, around),
            others=self._others(latest, filings, around),
            milestones=(*self._milestones(told, around), *public_filings.milestones(filings, shown, around)),
            **self.particulars(shown, latest),
        )

    def _others(self, latest: Any, filings: list[Any], around: Surroundings) -> tuple[PracticePlace, ...]:
        if self.standing(latest.status) != Standing.REGISTERED:
            return ()
        return tuple(
            PracticePlace(each.institution_id, around.name(each.institution_id), each.valid_from, each.valid_to)
            for each in filings
            if each.in_force_on(around.today)
        )

    def _milestones(self, told: list[Any], around: Surroundings) -> Iterator[Milestone]:
        first = told[0]
        on, words = self.begun(first)
        yield Milestone(on, f"{words}：{around.name(first.institution_id, first.valid_from)}".rstrip("："))
        for before, after in pairwise(told):
            if words := self.difference(before, after, around):
                yield Milestone(after.valid_from, words)

    def _complete(
        self,
        record: PractitionerRecord,
        versions: list[Any],
        permits: list[Any],
        own: tuple[Note, ...],
        beside: tuple[Note, ...],
        around: Surroundings,
    ) -> PractitionerRecord:
        """The record with how she stood on every day, by whatever registration or permit.

        What is its ``own`` is told until it ended, what is told ``beside`` while she may practise.
        """
        laid = self._layers(versions, record, around)
        if self.permits:
            laid = chain(laid, self.permits.layers(permits, around, record.level))
        periods = overlaid(laid)
        now = next((each for each in periods if each.since <= around.today < each.until), None)
        notes = record.notes
        if now is not None and now.standing not in ENDED_BY_DEREGISTRATION:
            notes = (*notes, *own, *(beside if WORDS[now.standing].may_practise else ()))
        return replace(record, periods=periods, notes=notes)

    def _main(self, versions: list[Any], around: Surroundings) -> PracticePlace | None:
        """Where she practises, since she came there and until she leaves; of an ended registration the former place."""
        placed = [each for each in versions if each.institution_id is not None]
        if not placed:
            return None
        here = _latest(placed, around)
        at = placed.index(here)
        first = here
        for each in reversed(placed[:at]):
            if each.institution_id != here.institution_id:
                break
            first = each
        until = self._left(here, placed[at + 1 :], around.today)
        until = until if until > first.valid_from else here.valid_to
        return PracticePlace(here.institution_id, around.name_over(here.institution_id, until), first.valid_from, until)

    def _left(self, here: Any, coming: list[Any], today: date) -> date:
        """The first day on which she no longer practises there by what is registered."""
        if not here.stands:
            left: date = here.valid_from
            return left
        until: date = here.valid_to
        for each in coming:
            if each.institution_id != here.institution_id or each.valid_from != until:
                break
            until = each.valid_to if each.stands else each.valid_from
        last = self.people.last_day(here)
        return min(until, one_day(last)[1]) if last is not None and last < today else until

    def _layers(self, versions: list[Any], record: PractitionerRecord, around: Surroundings) -> Iterator[Layer]:
        """Every registration of hers; one that the public is not told of ends what stood before it."""
        for each in versions:
            if self.standing(each.status) is None:
                yield withheld(each.valid_from, each.valid_to)
                continue
            said, rank = self.period(each, record), self.rank(each)
            for standing, since, until, name in self._stood(each, around):
                yield layer(Period(standing, since, until, name, **said), *rank)

    def _stood(self, version: Any, around: Surroundings) -> Iterator[tuple[Standing, date, date, str]]:
        """By the status written, and expired from the day after the last of her term; cut where the institution was renamed."""
        said = self.standing(version.status)
        assert said is not None
        last = self.people.last_day(version) if version.stands else None
        over = None if last is None else one_day(last)[1]
        for since, until, name in around.renamed(version.institution_id, version.valid_from, version.valid_to):
            if over is None or until <= over:
                yield said, since, until, name
                continue
            if since < over:
                yield said, since, over, name
            yield Standing.EXPIRED, max(since, over), until, name


def _stands_by_permit_alone(versions: list[Any], permits: list[Any], today: date) -> bool:
    """Whether she may practise today by a permit while no registration stands."""
    stands = any(each.in_force_on(today) and each.stands for each in versions)
    return not stands and any(each.in_force_on(today) and each.allows_practice(today) for each in permits)


def _latest(versions: list[Any], around: Surroundings) -> Any:
    """The version that holds today, else the one that held last, else the first to come."""
    return ([each for each in versions if each.valid_from <= around.today] or versions[:1])[-1]
