"""What the register says of a subject on one day, as pairs; and whether knowledge of that day has changed since."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from yizheng.registry.models import EventFact, Fact
from yizheng.registry.reading import kinds_of
from yizheng.registry.record import Record
from yizheng.registry.registers import Register
from yizheng.registry.wording.words import Words
from yizheng.shell.record.moment import Moment
from yizheng.shell.record.pages import head_kind

Row = tuple[str, str, bool]
"""Label, value, and whether it takes the whole width."""


def heads(facts: Iterable[Fact], register: Register) -> list[Fact]:
    """The versions that say how the subject stands, the one that counts first."""
    kind = head_kind(register)
    if kind is None or kind.head is None:
        return []
    return sorted((each for each in facts if isinstance(each, kind)), key=kind.head.rank)


def naming(facts: Iterable[Fact]) -> Fact | None:
    """Who the subject is, as the facts say."""
    return next((each for each in facts if type(each).naming), None)


def sections(
    facts: Iterable[Fact], words: Words, register: Register, on: date, *, partly: bool = False
) -> list[dict[str, Any]]:
    """The entries of a day: a section for each version that says how the subject stands, then what stands beside them.

    `partly`: another authority holds the rest, so what is missing here is not said to be missing.
    """
    kept = list(facts)
    held = heads(kept, register)
    made = [_section(each, words, on, several=len(held) > 1) for each in held]
    if not held:
        kind = head_kind(register)
        word = kind.head.standing(None, on) if kind and kind.head else None
        made = [{"title": "", "word": word, "rows": []}]
    for label, said, none in _beside(kept, words, register):
        if said or (none and not partly):
            made[-1]["rows"].append((label, said or none, True))
    return made


def _section(version: Fact, words: Words, on: date, *, several: bool) -> dict[str, Any]:
    principal = version.head
    assert principal is not None
    rows = ((label, words.tell(says, version) or none, False) for label, says, none in principal.rows)
    return {
        "title": words.line(version) if several else "",
        "word": principal.standing(version, on),
        "rows": [row for row in rows if row[1]],
    }


def _beside(kept: list[Fact], words: Words, register: Register) -> Iterator[tuple[str, str, str]]:
    """Label, what is said and what is said of nothing, for each kind that has a row, in the order they declare."""
    kinds = [kind for kind in kinds_of(register) if kind.entry and not kind.head]
    for kind in sorted(kinds, key=lambda each: each.entry.place if each.entry else 0):
        entry = kind.entry
        found = [each for each in kept if type(each) is kind]
        if entry is None or not (found or entry.none):
            continue
        if issubclass(kind, EventFact):
            found.sort(key=lambda each: each.valid_from)
        shown = found[-1:] if entry.newest else found
        if entry.each:
            yield from ((words.tell(entry.label, each), words.tell(entry.says, each), "") for each in shown)
        else:
            yield entry.label, "；".join(words.tell(entry.says, each) for each in shown), entry.none


def since_then(record: Record, moment: Moment) -> str:
    """Whether later changes rewrote the day looked at: what was known then beside what is known now."""
    if not moment.is_past or moment.position is None:
        return ""
    said_then = {_said(each) for each in record.on(moment.day, moment.position)}
    said_now = {_said(each) for each in record.on(moment.day)}
    if said_then == said_now:
        return "当时所知与今天所知相同：此后没有变更改写这一天。"
    lines = {(table, line) for table, line, _ in said_then ^ said_now}
    return f"当时所知与今天所知不同：此后的变更改写了这一天的 {len(lines)} 个登记项。"


def _said(version: Fact) -> tuple[str, str, str]:
    return version.fact_table(), version.line, repr(version.what_is_said())
