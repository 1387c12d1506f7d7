"""The way into the public tables: an upper room says which subjects changed, its source says what the public may know.

Publishing locks the subjects it derives from, in the order every change locks them, so an entry made from older facts
never overwrites one made from newer, whether a decision or the nightly renewal writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import models, transaction
from django.utils import timezone

from yizheng.disclosure.models import PublicInstitution, PublicPractitioner, PublicTally
from yizheng.disclosure.records import InstitutionRecord, PractitionerRecord
from yizheng.disclosure.rows import institution_row, practitioner_row
from yizheng.disclosure.standings import Standing
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Subject
from yizheng.registry.writing import insert_many, replace_many

CHUNK = 500
"""Subjects made anew in one transaction, and so locked together for a moment."""

Record = PractitionerRecord | InstitutionRecord
Entry = type[PublicPractitioner] | type[PublicInstitution]


class UnknownRegister(LookupError):
    """No source was registered under that name."""


@dataclass(frozen=True, slots=True)
class Source:
    """How an upper room answers for one public register, e.g. "doctor".

    `subjects()` yields the ids of all who have an entry; `records(ids)` makes the records of those of them that have
    one, in as few queries as it can. Both run as the system; who is missing from `records` is withdrawn.
    """

    register: str
    entry: Entry
    subjects: Callable[[], Iterator[int]]
    records: Callable[[Sequence[int]], Iterable[Record]]


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Called once by an upper room when it starts."""
    _sources[source.register] = source


def refresh(register: str, subjects: Iterable[int]) -> int:
    """Make the public entries of these subjects anew from the facts as they are in this transaction.

    Call it inside the `changing` block that decides. Returns how many have an entry now; the others have none.
    """
    source = _source(register)
    ids = sorted(set(subjects))
    with transaction.atomic():
        list(
            Subject.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk")
        )
        with acting_as_system(f"disclosure:{register}"):
            records = list(source.records(ids))
        publish(register, records)
        withdraw(register, set(ids) - {record.subject for record in records})
    return len(records)


def publish(register: str, records: Sequence[Record]) -> None:
    """Write these records as one statement, in place of what stood for their subjects; addresses of entries stay."""
    now, today = timezone.now(), timezone.localdate()
    ordered = sorted(records, key=lambda record: record.subject)
    practitioners = [
        practitioner_row(register, r, now, today) for r in ordered if isinstance(r, PractitionerRecord)
    ]
    institutions = [institution_row(register, r, now) for r in ordered if isinstance(r, InstitutionRecord)]
    for rows in (practitioners, institutions):
        replace_many(rows, "subject", kept=("token",))


def withdraw(register: str, subjects: Iterable[int]) -> None:
    """Remove the public entries of these subjects."""
    ids = list(subjects)
    if ids:
        _source(register).entry.objects.filter(kind=register, subject__in=ids).delete()


def republish_all(register: str | None = None, progress: Callable[[int], None] = lambda done: None) -> int:
    """Make every entry of a register (or of all) anew in chunks, drop those whose subject has none, count again."""
    done = 0
    for source in [_source(register)] if register else list(_sources.values()):
        began = timezone.now()
        with acting_as_system(f"disclosure:{source.register}"):
            ids = iter(list(source.subjects()))
        while chunk := list(islice(ids, CHUNK)):
            refresh(source.register, chunk)
            done += len(chunk)
            progress(done)
        source.entry.objects.filter(kind=source.register, refreshed__lt=began).delete()
    recount()
    return done


def recount() -> None:
    """Count what the public home shows."""
    now = timezone.now()
    doctors = (
        PublicPractitioner.objects.filter(standing=Standing.REGISTERED)
        .values("kind")
        .annotate(n=models.Count("pk"))
    )
    houses = PublicInstitution.objects.filter(in_force=True).values("kind").annotate(n=models.Count("pk"))
    rows = [PublicTally(register=row["kind"], in_force=row["n"], counted=now) for row in [*doctors, *houses]]
    with transaction.atomic():
        PublicTally.objects.all().delete()
        insert_many(rows)


def _source(register: str) -> Source:
    try:
        return _sources[register]
    except KeyError:
        raise UnknownRegister(register) from None
