"""Numbers: taken in the deciding transaction from a locked counter, recorded with what they were given to, never reused.

A counter's row stays locked until the transaction ends, so two decisions get two numbers and a decision that fails
gives its number back unseen; what commits keeps it for good, rollback of business data included. Gaps are allowed,
repetition is refused by the database. Take numbers after the subjects are locked.
"""

import collections
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from yizheng.documents.models import Allocation, Counter
from yizheng.kernel.calendar import beijing_today
from yizheng.kernel.remembering import Memory
from yizheng.registry.writer.rows import Known, insert_many

PRACTICE_SERIES = "practice_number"
INSTRUMENT_SERIES = "instrument_number"
NURSE_SERIES = "nurse"
SERIAL_DIGITS = 6
BEIJING = "11"

_NEXT = """
-- the next numbers of several counters, each by how many are asked for; the rows stay locked until the transaction ends
INSERT INTO documents_counter (series, key, last)
SELECT %s, asked.key, asked.number FROM unnest(%s::text[], %s::bigint[]) AS asked (key, number) ORDER BY asked.key
ON CONFLICT (series, key) DO UPDATE SET last = documents_counter.last + excluded.last
RETURNING key, last
"""
_RAISE = """
-- numbers given elsewhere: the counter goes on after the highest of them
INSERT INTO documents_counter (series, key, last) VALUES (%s, %s, %s)
ON CONFLICT (series, key) DO UPDATE SET last = greatest(documents_counter.last, excluded.last)
"""


class NumberTaken(ValueError):
    """A number that somebody brings is another's already."""


class NumbersExhausted(RuntimeError):
    """The digits of a series are used up; the authority must be given a new segment."""


@dataclass(frozen=True)
class Given:
    """A number that was given elsewhere (before this platform, or by the national one)."""

    key: str
    number: int
    given_to: str


@dataclass(frozen=True)
class Wanted:
    """A number that is wanted: under which key of the series, for what, by which change."""

    key: str
    given_to: str
    change_id: int | None = None


DRAWN: Memory[tuple[str, Wanted], int] = Memory("yizheng_numbers_drawn")
"""Numbers drawn for many acts of a batch at once, until each act takes its own."""


def draw_ahead(series: str, wanted: Sequence[Wanted]) -> None:
    """Draw the numbers that acts will take within the block of ``DRAWN``: set-based, the counters locked in order."""
    DRAWN.learn({(series, each): n for each, n in zip(wanted, allocate_many(series, wanted), strict=True)})


def allocate(series: str, key: str, *, given_to: str, change_id: int | None = None) -> int:
    """The next number of `series` under `key` (for example an area or a year), recorded as given to `given_to`.

    Runs inside the caller's transaction and holds the counter until that ends. One drawn ahead is taken first.
    Raises RuntimeError outside a transaction, because a number must stand or fall with the act it belongs to.
    """
    wanted = Wanted(key, given_to, change_id)
    drawn = DRAWN.take((series, wanted))
    return allocate_many(series, [wanted])[0] if drawn is None else drawn


def allocate_many(series: str, wanted: Sequence[Wanted]) -> list[int]:
    """The next numbers, in the order asked, as many calls of `allocate` would give them, in two statements.

    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken inside the transaction of the act it belongs to")
    asked = collections.Counter(each.key for each in wanted)
    keys = sorted(asked)
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [series, keys, [asked[key] for key in keys]])
        following = {key: int(last) - asked[key] + 1 for key, last in cursor.fetchall()}
    numbers = []
    for each in wanted:
        numbers.append(following[each.key])
        following[each.key] += 1
    insert_many(
        [
            Allocation(series=series, key=each.key, number=number, given_to=each.given_to, change_id=each.change_id)
            for each, number in zip(wanted, numbers, strict=True)
        ]
    )
    return numbers


def record_given(series: str, given: Iterable[Given]) -> int:
    """Record numbers that were given elsewhere, so that none of them is given again. Returns how many.

    Raises IntegrityError when one of them was given already.
    """
    highest: dict[str, int] = defaultdict(int)
    rows = []
    for one in given:
        highest[one.key] = max(highest[one.key], one.number)
        rows.append(Allocation(series=series, key=one.key, number=one.number, given_to=one.given_to))
    with transaction.atomic():
        insert_many(rows)
        with connection.cursor() as cursor:
            cursor.executemany(_RAISE, [(series, key, highest[key]) for key in sorted(highest)])
    return len(rows)


def claim(series: str, number: str, holder: str) -> None:
    """Record a number that somebody brought from elsewhere as hers; again the same is no change.

    Of two who bring one number at once the second waits for the first and is refused: the table holds a number once.
    Raises NumberTaken.
    """
    key, serial = number[:-SERIAL_DIGITS], int(number[-SERIAL_DIGITS:])
    insert_many([Allocation(series=series, key=key, number=serial, given_to=holder)], Known.KEPT)
    if not Allocation.objects.filter(series=series, key=key, number=serial, given_to=holder).exists():
        raise NumberTaken(number)


def practice_number(level: str, category: str, area: str, *, given_to: str, change_id: int | None = None) -> str:
    """A new 医师执业证书编码: level digit, two-digit category segment, six-digit area of first issue, six-digit serial.

    Raises ValueError for a malformed part, NumbersExhausted after 999999.
    """
    prefix = practice_prefix(level, category, area)
    serial = allocate(PRACTICE_SERIES, prefix, given_to=given_to, change_id=change_id)
    return prefix + _serial(serial, prefix)


def nurse_number(year: int, *, given_to: str, change_id: int | None = None) -> str:
    """The next number of a nurse's certificate first registered in that year in Beijing (护士执业证书编号).

    Raises NumbersExhausted after 999999.
    """
    key = f"{year}{BEIJING}"
    serial = allocate(NURSE_SERIES, key, given_to=given_to, change_id=change_id)
    return key + _serial(serial, key)


def nurse_number_of_another(number: str, holder: str) -> bool:
    """Whether this platform gave the number to another than the holder, or may still give it to somebody.

    It gives the numbers of Beijing, year by year; those of years it never counted were given before it.
    """
    key = number[:6]
    counted = Counter.objects.filter(series=NURSE_SERIES, key=key).exists() or key[:4] == f"{beijing_today().year}"
    if key[4:] != BEIJING or not counted:
        return False
    return not Allocation.objects.filter(series=NURSE_SERIES, key=key, number=int(number[6:]), given_to=holder).exists()


def given_nurse_number(number: str, given_to: str) -> Given:
    """An existing number of a nurse's certificate in the shape `record_given` takes."""
    return Given(number[:6], int(number[6:]), given_to)


def practice_prefix(level: str, category: str, area: str) -> str:
    """The first nine digits of a practice number, which are the key its serials are counted under."""
    shapes = ((level, 1, "级别"), (category, 2, "类别"), (area, 6, "行政区划"))
    for part, length, name in shapes:
        if len(part) != length or not (part.isascii() and part.isdigit()):
            raise ValueError(f"执业证书编码的{name}段应为 {length} 位数字，现为“{part}”")
    if level not in "12":
        raise ValueError(f"执业证书编码的级别段应为 1（执业医师）或 2（执业助理医师），现为“{level}”")
    return level + category + area


def given_practice_number(number: str, given_to: str) -> Given:
    """An existing practice number in the shape `record_given` takes."""
    prefix = practice_prefix(number[:1], number[1:3], number[3:9])
    return Given(prefix, int(number[9:]), given_to)


def instrument_numbers(marked: Sequence[tuple[str, str, int, Wanted]]) -> list[str]:
    """New document numbers such as 海卫医许准〔2026〕000123号 in the order asked, for (mark, word, year, what for).

    Mark of the authority, word of the kind and year make the key the serials are counted under.
    """
    wanted = [Wanted(f"{mark}{word}/{year}", each.given_to, each.change_id) for mark, word, year, each in marked]
    serials = allocate_many(INSTRUMENT_SERIES, wanted)
    return [
        f"{mark}{word}〔{year}〕{_serial(serial, each.key)}号"
        for (mark, word, year, _), each, serial in zip(marked, wanted, serials, strict=True)
    ]


def _serial(number: int, key: str) -> str:
    if number >= 10**SERIAL_DIGITS:
        raise NumbersExhausted(f"号段 {key} 的 {SERIAL_DIGITS} 位顺序号已用完，请向上级申请新的号段")
    return f"{number:0{SERIAL_DIGITS}d}"
