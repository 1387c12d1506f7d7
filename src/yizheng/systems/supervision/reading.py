"""From slices and extracts to the world the rules see. Subjects stand for themselves: no identity number is read.

Extracts name people by the number of their certificate and institutions by their registration number; what no register knows stays as
it was written, so that an unregistered person is found by the rules that look for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from yizheng.disclosure.models import PublicPractitioner
from yizheng.documents.attachments.store import store
from yizheng.documents.models import Certificate
from yizheng.kernel.calendar.calculators import calendar
from yizheng.licensing.models import CaseEvent
from yizheng.registry.models import Change
from yizheng.slices.columns import read
from yizheng.slices.models import Slice, SliceState, SliceTable
from yizheng.slices.quality import results
from yizheng.slices.remaking import path_of, scan
from yizheng.systems.practitioners.models.permit import VALID as PERMITTED
from yizheng.systems.supervision import world as w
from yizheng.systems.supervision.further_rules import Registers
from yizheng.systems.supervision.models import Extract
from yizheng.systems.supervision.online import records as online
from yizheng.systems.supervision.tables import rows_in

REGISTERS = ("institution", "doctor", "nurse", "people")
_CASE = "case:"
KINDS = ("services", "exemptions", "alliances")
_CATEGORIES = {"clinical": "临床", "stomatology": "口腔", "public_health": "公共卫生"}
_LEVELS = {"2": "assistant"}
_NURSE_STATES = {"REG": "active", "SUSP": "active", "EXPIRED": "active"}
_CODE_RULES = ("V11", "V12")


class NoSlices(Exception):
    """There are no slices of one day and position that all rules could be asked of."""


@dataclass(frozen=True)
class Ground:
    """The slices of one round, by table."""

    day: date
    slices: tuple[int, ...]
    tables: Mapping[str, SliceTable]

    def frame(self, table: str) -> pl.DataFrame:
        """The rows of a kind."""
        return scan(self.tables[table]).collect()

    @cached_property
    def scopes(self) -> dict[str, int]:
        """The authority of each subject: that of its head."""
        found: dict[str, int] = {}
        for table in ("institutions_licence", "nurses_registration", "doctors_registration"):
            pairs = self.frame(table).select("subject_id", "authority_scope").iter_rows()
            found.update({str(subject): scope for subject, scope in pairs})
        return found


def newest() -> Ground:
    """The newest day of which there are slices of every register, cut at one position. Raises NoSlices."""
    whole = Slice.objects.filter(parent=None, register__in=REGISTERS).exclude(state=SliceState.FAILED)
    rounds: dict[tuple[date, int], dict[str, int]] = defaultdict(dict)
    for day, position, register, pk in whole.values_list("valid_on", "position", "register", "pk"):
        rounds[day, position][register] = pk
    full = [(key, parts) for key, parts in rounds.items() if set(parts) >= set(REGISTERS)]
    if not full:
        raise NoSlices("还没有同一天、同一序位的机构、医师、护士和人员切片，请先切出")
    (day, _), parts = max(full, key=lambda each: each[0])
    found = SliceTable.objects.filter(slice__in=parts.values()).select_related("slice")
    return Ground(day, tuple(sorted(parts.values())), {part.table: part for part in found})


def registers(ground: Ground) -> Registers:
    """Everything the rules see."""
    doctors = ground.frame("doctors_registration")
    standing = doctors.filter(pl.col("status").is_in(["REG", "SUSP_PENAL", "SUSP_ASSESS"]))
    identities, qualified = ground.frame("practitioners_identity"), ground.frame("doctors_qualification")
    seen = world(ground)
    return Registers(
        seen,
        levels=_pairs(ground.frame("institutions_licence"), "level"),
        births=_pairs(identities, "birth_date"),
        qualified=_pairs(qualified.sort("qualified_on", descending=True), "qualified_on"),
        failed=_failed(ground.frame("doctors_assessment")),
        expired_permits=_over(ground.frame("doctors_short_term"), ground.day),
        published=dict(_published()),
        certified=_certified(standing),
        granted=frozenset(_granted(ground.day)),
        entered=frozenset(_entered()),
        faulty_codes=frozenset(_faulty(ground)),
    )


def world(ground: Ground) -> w.World:
    """The rows of registers and extracts as the rules of a small world know them."""
    licences = ground.frame("institutions_licence")
    names = {number: str(subject) for subject, number in _numbers(licences, "registration_number", "filing_number")}
    doctors, nurses = ground.frame("doctors_registration"), ground.frame("nurses_registration")
    people = {
        number: str(subject) for subject, number in (*_numbers(doctors, "practice_number"), *_numbers(nurses, "number"))
    }
    taken = extracts(names, people)
    return w.World(
        ground.day, calendar(), tuple(_institutions(ground, licences)), tuple(_doctors(ground, doctors)),
        tuple(_nurses(ground, nurses)), services=taken["services"], exemptions=taken["exemptions"],
        alliances=taken["alliances"], technologies=tuple(_technologies(ground)),
    )  # fmt: skip


def extracts(houses: Mapping[str, str], people: Mapping[str, str]) -> dict[str, tuple[Any, ...]]:
    """The rows of every extract that stands, its numbers replaced by subjects."""
    found: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for each in Extract.objects.filter(withdrawn=False).order_by("pk"):
        for row in rows_in(each.kind, store().path(each.digest)):
            found[each.kind].append(_resolved(row, houses, people))
    found["services"] += online.services(people)
    return {kind: tuple(rows) for kind, rows in found.items()}


def _resolved(row: Any, houses: Mapping[str, str], people: Mapping[str, str]) -> Any:
    fields: dict[str, str] = {}
    for name, known in (("institution", houses), ("person_id", people), ("supervisor_id", people), ("id_no", people)):
        if hasattr(row, name):
            fields[name] = known.get(getattr(row, name), getattr(row, name))
    return replace(row, **fields)


def _numbers(rows: pl.DataFrame, *columns: str) -> Iterator[tuple[int, str]]:
    for column in columns:
        yield from rows.filter(pl.col(column) != "").select("subject_id", column).iter_rows()


def _pairs(rows: pl.DataFrame, column: str) -> dict[str, Any]:
    return {str(subject): value for subject, value in rows.select("subject_id", column).iter_rows()}


def _institutions(ground: Ground, licences: pl.DataFrame) -> Iterator[w.Institution]:
    due = _pairs(ground.frame("institutions_verification_period"), "due_on")
    months = _pairs(ground.frame("institutions_verification_period"), "months")
    forms = _pairs(ground.frame("institutions_internet"), "form")
    for row in licences.iter_rows(named=True):
        subject = str(row["subject_id"])
        yield w.Institution(
            subject, row["kind"], str(row["authority_scope"]), row["name"], row["uscc"], row["registration_number"],
            category=row["category"], nature=row["business_nature"], sole_owner=not row["uscc"], beds=row["beds"],
            subjects=tuple(row["subjects"]), status=row["status"], status_from=row["valid_from"], valid_to=row["term_to"],
            check_due=due.get(subject), check_period=months.get(subject), address=row["address"],
            internet=forms.get(subject, ""),
        )  # fmt: skip


def _doctors(ground: Ground, rows: pl.DataFrame) -> Iterator[w.DoctorRow]:
    filings: dict[int, list[w.Place]] = defaultdict(list)
    for row in ground.frame("doctors_filing").iter_rows(named=True):
        place = w.Place(str(row["institution_id"]), row["valid_from"], _last(row["valid_to"]))
        filings[row["subject_id"]].append(place)
    for row in rows.filter(pl.col("status") == "REG").iter_rows(named=True):
        category = _CATEGORIES.get(row["category"], "中医")
        for scope in row["scopes"] or [""]:
            yield w.DoctorRow(
                str(row["subject_id"]), "", row["practice_number"], category, scope,
                _LEVELS.get(row["level"], "physician"), str(row["institution_id"] or ""), row["first_practised_on"],
                _last(row["valid_to"]), tuple(filings[row["subject_id"]]),
            )  # fmt: skip


def _nurses(ground: Ground, rows: pl.DataFrame) -> Iterator[w.NurseRow]:
    filings: dict[int, list[w.Place]] = defaultdict(list)
    for row in ground.frame("nurses_filing").iter_rows(named=True):
        place = w.Place(str(row["institution_id"]), row["valid_from"], _last(row["valid_to"]))
        filings[row["subject_id"]].append(place)
    for row in rows.iter_rows(named=True):
        yield w.NurseRow(
            str(row["subject_id"]), row["term_to"], None, str(row["institution_id"] or ""),
            tuple(filings[row["subject_id"]]), _NURSE_STATES.get(row["status"], "deregistered"), row["valid_from"],
        )  # fmt: skip


def _technologies(ground: Ground) -> Iterator[w.Technology]:
    for row in ground.frame("institutions_technology").iter_rows(named=True):
        leader = str(row["leader_id"] or "")
        yield w.Technology(str(row["subject_id"]), row["technology"], row["filed_on"], leader, "filed")


def _last(until: date) -> date | None:
    return None if until == date.max else until


def _failed(rows: pl.DataFrame) -> frozenset[str]:
    """Who failed the last assessment or did not take part in it."""
    last = rows.sort("valid_from", "id").unique("subject_id", keep="last")
    return frozenset(map(str, last.filter(~pl.col("passed") | ~pl.col("attended"))["subject_id"]))


def _over(permits: pl.DataFrame, day: date) -> frozenset[str]:
    """Whose permit is over and not ended."""
    ended = permits.filter((pl.col("valid_until") < day) & (pl.col("status") == PERMITTED))
    return frozenset(map(str, ended["subject_id"]))


def _published() -> Iterable[tuple[str, str]]:
    found = PublicPractitioner.objects.filter(register="doctor").values_list("subject", "practice_number")
    return ((str(subject), number) for subject, number in found)


def _certified(doctors: pl.DataFrame) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    standing = Certificate.objects.filter(subject_id__in=doctors["subject_id"].to_list(), status="valid")
    for subject, number in standing.values_list("subject_id", "number"):
        found[str(subject)].add(number)
    return {subject: frozenset(numbers) for subject, numbers in found.items()}


def _granted(day: date) -> Iterator[str]:
    """The cases granted by the day."""
    granted = CaseEvent.objects.filter(verb__in=("grant", "enact"), on__lte=day)
    yield from map(str, granted.values_list("case_id", flat=True))


def _entered() -> Iterator[str]:
    """The cases that changes of the register name as their cause."""
    for cause in Change.objects.filter(cause__startswith=_CASE).values_list("cause", flat=True):
        yield cause.removeprefix(_CASE)


def _faulty(ground: Ground) -> Iterator[str]:
    for part in ground.tables.values():
        columns = read(part.columns)
        if part.rows:
            for found in results(part.table, pl.read_parquet(path_of(part)), columns, ground.day):
                if found.rule in _CODE_RULES and found.hit:
                    yield from map(str, found.subjects)
