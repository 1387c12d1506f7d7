"""A whole register weighed ahead: registrations that say the same in groups, others one by one, in a fixed number of queries.

A registration is one of many that no rule can tell apart by the columns its register names. One statement forms these groups, and
of groups whose institutions differ in nothing but their names one is weighed for all.
Who is barred, young, or otherwise to be weighed by days of her own is asked about singly, in portions.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection

from yizheng.kernel.calendar import add_years
from yizheng.licensing.forecasts import Comparison
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


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeRegister:
    """How the registrations of a register fall into groups. SQL names a registration ``q``."""

    kind: type[Any]
    columns: tuple[str, ...]
    """The columns no rule can tell registrations apart beside, with the institution; none of them is empty of a value."""
    standing: str
    """Which registrations stand."""
    singly: str
    """Which are asked about one by one, beside those of people barred or young."""
    held: str
    """By ``subject_id`` what the person holds beside the registration, as an array ``held``."""
    asked: Mapping[str, Any]
    """The parameters of these conditions."""
    in_common: Callable[..., Any]
    """What the checks weigh of a group, by its columns and what is held."""
    one_by_one: Callable[[Sequence[Any]], Sequence[Registrations]]
    numbers: str = "periods"
    """As in `Registrations`."""

    def portions(self, day: date, comparison: Comparison | None = None) -> Iterator[Sequence[Registrations]]:
        """All registrations that stand on the day; call it as the system, inside a transaction.

        With a ``comparison`` those under licences that say the same on its days are weighed once, whatever their institution,
        and left out where they pass. They are read once into a table of their own, analysed, so that what follows is planned
        by what is there.
        """
        with connection.cursor() as cursor:
            _write_licences(cursor, comparison.days if comparison else ())
            cursor.execute(self._standing(), {**self.asked, "day": day, "grown": add_years(day, -GROWN)})
            cursor.execute("analyze forecast_standing (subject_id, institution_id, singly)")
            cursor.execute(self._counted_alike())
            yield from self._singly(cursor)
            failing = self._failing(cursor, comparison) if comparison else None
            groups = self._in_groups(cursor, failing)
            while portion := list(islice(groups, PORTION)):
                yield portion
            cursor.execute("drop table forecast_standing, forecast_licence, forecast_alike")

    def _singly(self, cursor: Any) -> Iterator[Sequence[Registrations]]:
        cursor.execute("select id from forecast_standing where singly order by id")
        ids = [pk for (pk,) in cursor.fetchall()]
        for first in range(0, len(ids), PORTION):
            rows = self.kind.objects.filter(pk__in=ids[first : first + PORTION]).order_by("pk")
            yield self.one_by_one(list(rows))

    def _failing(self, cursor: Any, comparison: Comparison) -> list[int]:
        """The numbers in ``forecast_alike`` of those who do not pass."""
        cursor.execute(f"select alike, institution_id, authority_scope, {', '.join(self._alike)} from forecast_alike")  # noqa: S608
        return [
            alike
            for alike, institution, authority_scope, *said in cursor.fetchall()
            if comparison.newly_blocked(self._group(said, institution, authority_scope, ()))
        ]

    def _in_groups(self, cursor: Any, failing: list[int] | None) -> Iterator[Registrations]:
        if failing == []:
            return
        same = " and ".join(f"a.{name} = s.{name}" for name in ("licence", *self._alike))
        named = ", ".join(f"s.{name}" for name in self._alike)
        cursor.execute(
            f"""
            select s.institution_id, s.authority_scope, array_agg(s.subject_id), {named}
            from forecast_standing s {"" if failing is None else f"join forecast_alike a on {same}"}
            where not s.singly {"" if failing is None else "and a.alike = any(%s)"}
            group by s.institution_id, s.authority_scope, {named}
            """,  # noqa: S608 names of the program
            [] if failing is None else [failing],
        )
        while rows := cursor.fetchmany(PORTION):
            for institution, authority_scope, subjects, *said in rows:
                yield self._group(said, institution, authority_scope, subjects)

    def _group(
        self, said: list[Any], institution: int | None, authority: int, subjects: Sequence[int]
    ) -> Registrations:
        values = (tuple(each) if isinstance(each, list) else each for each in said)
        return Registrations(self.in_common(*values), institution, authority, subjects, self.numbers)

    @property
    def _alike(self) -> tuple[str, ...]:
        return (*self.columns, "held")

    def _standing(self) -> str:
        named = ", ".join(f"q.{name}" for name in self.columns)
        return f"""
            create temp table forecast_standing on commit drop as
            with held as ({self.held})
            select q.id, q.subject_id, q.institution_id, q.authority_scope, {named},
                   coalesce(h.held, '{{}}') as held, coalesce(l.licence, 0) as licence,
                   {self.singly}
                   or q.subject_id in (select subject_id from practitioners_bar where closed is null)
                   or q.subject_id in (
                       select subject_id from practitioners_identity where closed is null and birth_date > %(grown)s)
                   as singly
            from {self.kind.fact_table()} q
            left join held h on h.subject_id = q.subject_id
            left join forecast_licence l on l.institution_id = q.institution_id
            where q.closed is null and q.valid_from <= %(day)s and q.valid_to > %(day)s and {self.standing}
        """  # noqa: S608 names of the program

    def _counted_alike(self) -> str:
        alike = ", ".join(self._alike)
        return f"""
            create temp table forecast_alike on commit drop as
            select row_number() over () as alike, min(institution_id) as institution_id,
                   min(authority_scope) as authority_scope, licence, {alike}
            from forecast_standing where not singly group by licence, {alike}
        """  # noqa: S608 names of the program


def _write_licences(cursor: Any, days: Iterable[Day]) -> None:
    """By institution a number of what its licence says on these days, apart from its name."""
    licences = [day.licences for day in days]
    numbers: dict[Hashable, int] = {}
    institutions = list(dict.fromkeys(institution for each in licences for institution in each))
    said = (tuple(each.get(institution) for each in licences) for institution in institutions)
    cursor.execute("create temp table forecast_licence (institution_id bigint primary key, licence int) on commit drop")
    cursor.execute(
        "insert into forecast_licence select * from unnest(%s::bigint[], %s::int[])",
        [institutions, [numbers.setdefault(each, len(numbers) + 1) for each in said]],
    )
    cursor.execute("analyze forecast_licence")


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
