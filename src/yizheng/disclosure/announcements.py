"""The lists that have to be announced (《中华人民共和国医师法》第二十一条): who was registered, whose registration ended.

They are lists of a month, newest day first, on view for the current month and the eleven before; they link to no entry and
are read page by page, so that they do not let anybody browse the register. Why a registration ended is told by category
only: a reason of health stands in the same category as leaving of one's own accord.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from django.db.models import CharField, Count, F, Func, Q, QuerySet
from django.db.models.functions import TruncMonth

from yizheng.disclosure.models import PublicPractitioner

MONTHS = 12
"""How many months are on view, the current one among them."""
SIZE = 50
ONE_DAY = timedelta(days=1)


class Kind(StrEnum):
    """The two lists."""

    REGISTERED = "registered"
    ENDED = "ended"


TITLES = {Kind.REGISTERED: "准予注册", Kind.ENDED: "注销注册"}
_DAY = {Kind.REGISTERED: "registered_on", Kind.ENDED: "ended_on"}


@dataclass(frozen=True, slots=True)
class Month:
    """A month on view, by its first day, and how many names each list has."""

    first: date
    registered: int
    ended: int


@dataclass(frozen=True, slots=True)
class Line:
    """What is announced of one person: never the way to her entry, never a whole number, never the reason itself."""

    on: date
    entry: PublicPractitioner
    institution: str
    level: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of a list and where the next ones begin; empty at the end."""

    lines: list[Line]
    after: str


@dataclass(frozen=True, slots=True)
class Cursor:
    """After which line a page begins: its day, and a digest that orders the day and leads to nobody."""

    on: date
    digest: str

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The cursor that was written so; None for anything else."""
        day, _, digest = text.partition("~")
        if len(digest) != 32 or not set(digest) <= set("0123456789abcdef"):
            return None
        try:
            return cls(date.fromisoformat(day), digest)
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.on.isoformat()}~{self.digest}"


def months(register: str, today: date) -> list[Month]:
    """The months of a register on view, newest first, whether anything happened in them or not."""
    registered, ended = (_counted(register, kind, today) for kind in Kind)
    return [Month(first, registered.get(first, 0), ended.get(first, 0)) for first in _firsts(today)]


def page(register: str, kind: Kind, month: date, after: Cursor | None, today: date) -> Page:
    """The next lines of the list of a month on view; none for a month that is not."""
    if month not in _firsts(today):
        return Page([], "")
    day = _DAY[kind]
    found = _announced(register, kind, month, min(_next(month) - ONE_DAY, today)).annotate(
        digest=Func(F("token"), function="md5", output_field=CharField())
    )
    if after is not None:
        found = found.filter(Q(**{f"{day}__lt": after.on}) | Q(**{day: after.on}, digest__gt=after.digest))
    rows = list(found.order_by(f"-{day}", "digest")[: SIZE + 1])
    shown = rows[:SIZE]
    more = str(Cursor(getattr(shown[-1], day), shown[-1].digest)) if len(rows) > SIZE else ""
    return Page([_line(kind, row) for row in shown], more)


def _line(kind: Kind, entry: PublicPractitioner) -> Line:
    on: date = getattr(entry, _DAY[kind])
    begun = [each for each in entry.periods if each.since < (on + ONE_DAY if kind == Kind.REGISTERED else on)]
    institutions = [each.institution for each in begun if kind == Kind.ENDED or each.since == on]
    return Line(
        on,
        entry,
        institution=next((name for name in reversed(institutions) if name), ""),
        level=(begun[-1].level if begun else "") or entry.level,
    )


def _announced(register: str, kind: Kind, first: date, last: date) -> QuerySet[PublicPractitioner]:
    return PublicPractitioner.objects.filter(register=register, **{f"{_DAY[kind]}__range": (first, last)})


def _counted(register: str, kind: Kind, today: date) -> dict[date, int]:
    rows = _announced(register, kind, _firsts(today)[-1], today).annotate(month=TruncMonth(_DAY[kind]))
    return dict(rows.values_list("month").annotate(n=Count("subject")).values_list("month", "n"))


def _firsts(today: date) -> list[date]:
    ordinal = today.year * 12 + today.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(ordinal, ordinal - MONTHS, -1)]


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
