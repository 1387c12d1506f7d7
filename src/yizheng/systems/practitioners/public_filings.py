"""Practice at further institutions as the public reads it: since when, until when (医师法 第十五条、第二十一条).

A filing that goes on is one; one that was made anew on the day the last ended is not told as an end. An end is told only
where the registration was public on that day: nothing hints at service in the forces or a move to another province.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from yizheng.disclosure.records import Milestone
from yizheng.systems.practitioners.surroundings import Surroundings


def filings_of(kind: type[Any], ids: Sequence[int], today: date) -> dict[int, list[Any]]:
    """Every filing of this kind of these people that has begun, oldest first, in one query."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    begun = kind.objects.current().filter(subject_id__in=ids, valid_from__lte=today)
    for each in begun.order_by("valid_from", "line"):
        found[each.subject_id].append(each)
    return found


def milestones(filings: Iterable[Any], shown: Sequence[Any], around: Surroundings) -> Iterator[Milestone]:
    """What the entry tells of them."""
    lines = groupby(sorted(filings, key=lambda each: (each.line, each.valid_from)), key=lambda each: each.line)
    for _, versions in lines:
        for house, since, until in _spells(versions):
            yield Milestone(since, f"增加执业机构（备案）：{around.name(house, since)}")
            if until <= around.today and any(each.in_force_on(until) for each in shown):
                yield Milestone(until, f"执业机构备案结束：{around.name_over(house, until)}")


def _spells(versions: Iterable[Any]) -> Iterator[tuple[int, date, date]]:
    """Versions that follow one another without a gap, as one: institution, first day, day after the last."""
    spell: tuple[int, date, date] | None = None
    for each in versions:
        if spell is not None and spell[2] >= each.valid_from:
            spell = (spell[0], spell[1], each.valid_to)
            continue
        if spell is not None:
            yield spell
        spell = (each.institution_id, each.valid_from, each.valid_to)
    if spell is not None:
        yield spell
