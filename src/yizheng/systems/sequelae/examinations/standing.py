"""Which examination stands: a new one replaces what the same source had said in the round; taken back, the former stands again."""

from collections.abc import Sequence

from yizheng.registry.writer.rows import insert_many
from yizheng.systems.sequelae.models import Examination


def put(rows: Sequence[Examination]) -> None:
    """Let new examinations of one round and source stand, each in place of the one before it; in four statements."""
    if not rows:
        return
    standing = Examination.objects.select_for_update().standing().filter(round=rows[0].round, source=rows[0].source)
    former = {each.person_id: each for each in standing.filter(person__in={row.person_id for row in rows})}
    for row in rows:
        # The unique constraint admits one that stands, so a new row enters withdrawn until the former has made room.
        row.withdrawn = row.person_id in former
    insert_many(rows)
    replacing = [row for row in rows if row.withdrawn]
    for row in replacing:
        former[row.person_id].replaced_by = row
    Examination.objects.bulk_update(former.values(), ["replaced_by"])
    Examination.objects.filter(pk__in=[row.pk for row in replacing]).update(withdrawn=False)


def take_back(rows: Sequence[Examination]) -> None:
    """Take examinations back; what each of them had replaced stands again, or goes on under what replaced it."""
    taken = {each.pk: each for each in Examination.objects.select_for_update().filter(pk__in=[row.pk for row in rows])}
    before = list(Examination.objects.filter(replaced_by__in=taken).exclude(pk__in=taken))
    Examination.objects.filter(pk__in=taken).update(withdrawn=True, replaced_by=None)
    for each in before:
        later = each.replaced_by_id
        while later in taken:
            later = taken[later].replaced_by_id
        each.replaced_by_id = later
    Examination.objects.bulk_update(before, ["replaced_by"])
