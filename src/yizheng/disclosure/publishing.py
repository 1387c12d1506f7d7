"""The way into the public tables: an upper room says which subjects changed, its source says what the public may know.

Publishing locks the subjects it derives from, in the order every change locks them, so an entry made from older facts
never overwrites one made from newer, whether a decision or the nightly renewal writes it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import islice

from django.db import models, transaction
from django.utils import timezone

from yizheng.disclosure.models import PublicInstitution, PublicPractitioner, PublicTally
from yizheng.disclosure.rows import row_of
from yizheng.disclosure.sources import Record, source_of, sources
from yizheng.disclosure.standings import Standing
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Subject
from yizheng.registry.reading import kind_of_table
from yizheng.registry.writer.rows import insert_many, replace_many

CHUNK = 500
"""Subjects made anew in one transaction, and so locked together for a moment."""


def refresh(register: str, subjects: Iterable[int]) -> int:
    """Make the public entries of these subjects anew from the facts as they are in this transaction.

    Call it inside the `changing` block that decides. Returns how many have an entry now; the others have none.
    """
    source = source_of(register)
    ids = sorted(set(subjects))
    if not ids:
        return 0
    with transaction.atomic():
        list(Subject.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
        with acting_as_system(f"disclosure:{register}"):
            records = list(source.records(ids))
        publish(register, records)
        withdraw(register, set(ids) - {record.subject for record in records})
    return len(records)


def refresh_facts(touched: Iterable[tuple[str, int]]) -> None:
    """Make anew what is public of these subjects, given with the tables of the facts that changed, each register its own.

    A fact that belongs to the person is told in every register of people.
    """
    subjects: defaultdict[str, set[int]] = defaultdict(set)
    of_kind = cache(lambda table: [each.code for each in kind_of_table(table).registers()])
    for table, subject in touched:
        for code in of_kind(table):
            subjects[code].add(subject)
    for source in sources():
        refresh(source.register.code, subjects[source.register.code])


def publish(register: str, records: Sequence[Record]) -> None:
    """Write these records as one statement, in place of what stood for their subjects; addresses of entries stay."""
    now = timezone.now()
    rows = [row_of(register, record, now) for record in sorted(records, key=lambda record: record.subject)]
    replace_many(rows, ("register", "subject"), kept=("token",))


def withdraw(register: str, subjects: Iterable[int]) -> None:
    """Remove the public entries of these subjects."""
    ids = list(subjects)
    if ids:
        source_of(register).entry.objects.filter(register=register, subject__in=ids).delete()


def republish_all(register: str | None = None, progress: Callable[[int], None] = lambda done: None) -> int:
    """Make every entry of a register (or of all) anew in chunks, drop those whose subject has none, count again."""
    done = 0
    for source in [source_of(register)] if register else sources():
        began = timezone.now()
        code = source.register.code
        with acting_as_system(f"disclosure:{code}"):
            ids = iter(list(source.subjects()))
        while chunk := list(islice(ids, CHUNK)):
            refresh(code, chunk)
            done += len(chunk)
            progress(done)
        source.entry.objects.filter(register=code, refreshed__lt=began).delete()
    recount()
    return done


def recount() -> None:
    """Count what the public home shows."""
    now = timezone.now()
    standing = PublicPractitioner.objects.filter(standing=Standing.REGISTERED).values("register")
    licensed = PublicInstitution.objects.filter(in_force=True).values("register")
    counted = [row for found in (standing, licensed) for row in found.annotate(n=models.Count("subject"))]
    rows = [PublicTally(register=row["register"], in_force=row["n"], counted=now) for row in counted]
    with transaction.atomic():
        PublicTally.objects.all().delete()
        insert_many(rows)
