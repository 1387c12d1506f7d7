"""A whole register weighed ahead: registrations that say the same in groups, others one by one, in a fixed number of queries.

A registration is one of many that no rule can tell apart by the columns its register names. One statement forms these groups.
Who is barred, young, or otherwise to be weighed by days of her own is asked about singly, in portions.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection

from yizheng.kernel.calendar import add_years
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.employer import Employer, employer_of

PORTION = 2000
GROWN = 19
"""Years after which no rule asks for the age any more, whichever day it is asked for."""


@dataclass(frozen=True, slots=True)
class Day:
    """What a day says apart from the people: the institutions and the parameters of the rules."""

    employers: Mapping[int, Employer]
    licences: Mapping[int, int]
    """By institution a number of what its licence says apart from its name."""
    periods: Any

    @classmethod
    def of(cls, on: date, periods: Any) -> Day:
        """Every institution as it stands on the day, and these parameters; call it as the system.

        Thousands of licences say the same, so each text is read once.
        """
        employers: dict[int, Employer] = {}
        licences: dict[int, int] = {}
        known: dict[Hashable, tuple[int, Employer]] = {}
        columns = InstitutionLicence.objects.as_of(on).values_list(
            "subject_id", "name", "category", "status", "subjects", "district"
        )
        for subject, name, category, status, subjects, district in columns:
            text = (category, status, tuple(subjects), district)
            if text not in known:
                licence = InstitutionLicence(category=category, status=status, subjects=subjects, district=district)
                known[text] = len(known), employer_of(licence)
            licences[subject], employer = known[text]
            employers[subject] = replace(employer, name=name)
        return cls(employers, licences, periods)


@dataclass(frozen=True, slots=True)
class Registrations:
    """Registrations about which the checks say the same, institution and parameters still open."""

    party: Any
    """What the checks weigh: a dataclass with `level`, and with `employer` and the parameters to be filled in."""
    said: Hashable | None
    """What these registrations say; nothing of one person of whom the checks read days of her own."""
    institution: int | None
    authority_scope: int
    subjects: Sequence[int]
    numbers: str = "periods"
    """The field of what is weighed that takes the parameters of the rules."""

    @property
    def level(self) -> str:
        """The code of the level registered."""
        return str(self.party.level)

    def on(self, day: Day) -> Any:
        """What the checks are asked about on a day."""
        return replace(self.party, employer=day.employers.get(self.institution or 0), **{self.numbers: day.periods})

    def key(self, *days: Day) -> Hashable | None:
        """What the answer depends on: the same for another institution of the same licence under another name."""
        if self.said is None:
            return None
        return (self.said, *(day.licences.get(self.institution or 0) for day in days))


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeRegister:
    """How the registrations of a register fall into groups. SQL names a registration ``q``."""

    kind: type[Any]
    columns: tuple[str, ...]
    """The columns no rule can tell registrations apart beside, with the institution."""
    standing: str
    """Which registrations stand."""
    singly: str
    """Which are asked about one by one, beside those of people barred or young."""
    held: str
    """By ``subject_id`` what the person holds beside the registration, as an array ``held``."""
    asked: Mapping[str, Any]
    """The parameters of these conditions."""
    in_common: Callable[..., tuple[Any, Hashable]]
    """What the checks weigh of a group, by its columns and what is held, and what the group says."""
    one_by_one: Callable[[Sequence[Any]], Sequence[Registrations]]
    numbers: str = "periods"
    """As in `Registrations`."""

    def portions(self, day: date) -> Iterator[Sequence[Registrations]]:
        """All registrations that stand on the day; call it as the system, inside a transaction.

        They are read once into a table of their own, analysed, so that what follows is planned by what is there.
        """
        with connection.cursor() as cursor:
            cursor.execute(self._standing(), {**self.asked, "day": day, "grown": add_years(day, -GROWN)})
            cursor.execute("analyze forecast_standing (subject_id, institution_id, singly)")
            yield from self._singly(cursor)
            groups = self._in_groups(cursor)
            while portion := list(islice(groups, PORTION)):
                yield portion
            cursor.execute("drop table forecast_standing")

    def _singly(self, cursor: Any) -> Iterator[Sequence[Registrations]]:
        cursor.execute("select id from forecast_standing where singly order by id")
        ids = [pk for (pk,) in cursor.fetchall()]
        for first in range(0, len(ids), PORTION):
            rows = self.kind.objects.filter(pk__in=ids[first : first + PORTION]).order_by("pk")
            yield self.one_by_one(list(rows))

    def _in_groups(self, cursor: Any) -> Iterator[Registrations]:
        known: dict[Hashable, tuple[Any, Hashable]] = {}
        named = ", ".join(f"s.{name}" for name in self.columns)
        cursor.execute(
            f"""
            with held as ({self.held})
            select s.institution_id, s.authority_scope, array_agg(s.subject_id), {named}, h.held
            from forecast_standing s left join held h using (subject_id)
            where not s.singly
            group by s.institution_id, s.authority_scope, {named}, h.held
            """  # noqa: S608 names of the program
        )
        while rows := cursor.fetchmany(PORTION):
            for institution, authority_scope, subjects, *said in rows:
                values = tuple(tuple(each) if isinstance(each, list) else each for each in said)
                if values not in known:
                    known[values] = self.in_common(*values)
                yield Registrations(*known[values], institution, authority_scope, subjects, self.numbers)

    def _standing(self) -> str:
        named = ", ".join(f"q.{name}" for name in self.columns)
        return f"""
            create temp table forecast_standing on commit drop as
            select q.id, q.subject_id, q.institution_id, q.authority_scope, {named},
                   {self.singly}
                   or q.subject_id in (select subject_id from practitioners_bar where closed is null)
                   or q.subject_id in (
                       select subject_id from practitioners_identity where closed is null and birth_date > %(grown)s)
                   as singly
            from {self.kind.fact_table()} q
            where q.closed is null and q.valid_from <= %(day)s and q.valid_to > %(day)s and {self.standing}
        """  # noqa: S608 names of the program


def standing_since(kind: type[Any], rows: Sequence[Any], status: str) -> dict[int, date]:
    """By key since when each registration of the status has had it, through all that changed meanwhile; one query."""
    away = {(row.subject_id, row.line): row for row in rows if row.status == status}
    if not away:
        return {}
    versions = kind.objects.current().filter(subject_id__in={subject for subject, _ in away}, status=status)
    ended: dict[tuple[int, str, date], date] = {
        (version.subject_id, version.line, version.valid_to): version.valid_from for version in versions
    }
    found = {}
    for (subject, line), row in away.items():
        since = row.valid_from
        while (subject, line, since) in ended:
            since = ended[(subject, line, since)]
        found[row.pk] = since
    return found
