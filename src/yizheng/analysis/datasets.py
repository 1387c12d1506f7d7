"""数据集: what can be asked of each kind of fact, made from its declaration and from no list of its own.

Every coded, yes-or-no and day field is something to group and filter by; every quantity can be added up. Where a fact names a subject
of another register, the coded fields of the head of that register can be asked through it (the district of the main institution); of a
person, sex and age. Texts that tell who somebody is are never asked by and never shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from yizheng.analysis.derived import LEDGER, DerivedTable, derived, derived_tables
from yizheng.kernel.codes import table
from yizheng.registry.models import Fact
from yizheng.registry.reading import kinds
from yizheng.registry.registers import Register, registers
from yizheng.slices.columns import PEOPLE, SliceColumn, columns_of, kinds_in

BIRTH = "birth_date"
OLDER = (30, 40, 50, 60, 70)
"""The ages at which a further group begins."""
AGES = ("不满 30 岁", "30—39 岁", "40—49 岁", "50—59 岁", "60—69 岁", "70 岁以上")
_OWN = ""
PERSON = "person"
"""Through the person herself: who she is."""
SUBJECT = "subject"
"""Through the subject itself: the head of its own register."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something to group or filter by."""

    code: str
    label: str
    kind: str
    """code, codes, flag, text, day, year, month or age."""
    column: str
    via: str = _OWN
    """The column that names another subject, ``subject`` for the head of the own register, ``person`` for the person."""
    of: str = ""
    """The table it is read from, where it is not the dataset's own."""
    names: Mapping[str, str] | None = None
    tables: tuple[str, ...] = ()
    public: bool = False

    def words(self, code: str | None) -> str:
        """A value in words."""
        if code in (None, ""):
            return "未填"
        if self.kind == "flag":
            return {"true": "是", "false": "否"}.get(str(code), str(code))
        known = (self.names or {}).get(str(code))
        found = known or next((each.name for name in self.tables if (each := table(name).get(str(code)))), None)
        return found or str(code)

    def values(self) -> list[tuple[str, str]]:
        """What may be chosen to filter by; empty where anything may be."""
        if self.kind == "flag":
            return [("true", "是"), ("false", "否")]
        if self.kind == "age":
            return [(each, each) for each in AGES]
        listed = [pair for name in self.tables for pair in table(name).choices()]
        return [*(self.names or {}).items(), *listed]


@dataclass(frozen=True, slots=True)
class Measure:
    """Something to count or to add up."""

    code: str
    """rows, subjects, sum:column or mean:column."""
    label: str
    unit: str = ""
    public: bool = True


@dataclass(frozen=True, slots=True)
class Dataset:
    """One kind of fact as it may be asked."""

    code: str
    title: str
    register: Register
    dimensions: Mapping[str, Dimension]
    measures: Mapping[str, Measure]
    shown: tuple[SliceColumn, ...]
    """The columns of its rows that may be shown: no personal ones."""
    of_cases: bool = False
    """Whether its rows are about people who are no subjects of its register, such as patients of a hospital."""

    @property
    def of_people(self) -> bool:
        """Whether its subjects are people."""
        return self.register.of_people

    @property
    def about_people(self) -> bool:
        """Whether small figures could tell about somebody."""
        return self.of_people or self.of_cases


class UnknownDataset(LookupError):
    """No kind of fact has this table."""


def datasets() -> tuple[Dataset, ...]:
    """Every dataset, in the order of its register and its title."""
    order = {register.code: place for place, register in enumerate((*registers(), PEOPLE))}
    codes = [kind.fact_table() for kind in kinds() if kind.registers()] + [each.code for each in derived_tables()]
    made = (dataset(code) for code in codes)
    return tuple(sorted(made, key=lambda each: (order[each.register.code], each.title)))


@cache
def dataset(code: str) -> Dataset:
    """The dataset of a table. Raises UnknownDataset."""
    drawn = derived(code)
    if drawn is not None:
        return _derived(drawn)
    kind = next((each for each in kinds() if each.fact_table() == code and each.registers()), None)
    if kind is None:
        raise UnknownDataset(code)
    columns = columns_of(kind)
    register = kind.register or PEOPLE
    return Dataset(
        code,
        kind.kind_title(),
        register,
        {each.code: each for each in _dimensions(kind, register, columns)},
        {each.code: each for each in _measures(register, columns)},
        tuple(each for each in columns if not each.personal and each.name not in ("id", "opened")),
    )


def _derived(drawn: DerivedTable) -> Dataset:
    """What can be asked of a derived table; its numbers are added up, its personal columns never shown."""
    columns = (*LEDGER, *drawn.columns)
    dimensions = [Dimension("authority_scope", "主管辖区", "scope", "authority_scope", public=True)]
    for column in columns:
        if not column.personal and column.name != "authority_scope":
            dimensions += _of_column(column)
    dimensions += _through(SUBJECT, drawn.register.title, head_of(drawn.register.code))
    measures = [Measure("rows", f"{drawn.counted}数", drawn.counted, public=False)]
    if drawn.distinct is not None:
        column_name, words = drawn.distinct
        measures.append(Measure(f"distinct:{column_name}", f"{words}数", words, public=False))
    measures.append(Measure("subjects", f"{drawn.register.title}数", "家"))
    measures += [
        Measure(f"sum:{each.name}", f"{each.label}合计", each.unit, each.public)
        for each in drawn.columns
        if each.type == "integer" and not each.personal
    ]
    return Dataset(
        drawn.code,
        drawn.title,
        drawn.register,
        {each.code: each for each in dimensions},
        {each.code: each for each in measures},
        tuple(each for each in columns if not each.personal),
        of_cases=True,
    )


def head_of(register: str) -> type[Fact] | None:
    """The kind that says how the subjects of a register stand."""
    return next((kind for kind in kinds() if kind.head and kind.register and kind.register.code == register), None)


def person_kind() -> type[Fact] | None:
    """The kind that says who a person is."""
    return next((kind for kind in kinds_in(PEOPLE) if kind.naming), None)


def _measures(register: Register, columns: tuple[SliceColumn, ...]) -> Iterator[Measure]:
    yield Measure("subjects", f"{register.title}数", "人" if register.of_people else "")
    yield Measure("rows", "登记条数", "条")
    for column in columns:
        own = column.type == "integer" and not column.of and column.name not in _LEDGER and column.unit != _YEAR
        if (own or column.type.startswith("amount:")) and not column.personal:
            yield Measure(f"sum:{column.name}", f"{column.label}合计", column.unit, column.public)
            yield Measure(f"mean:{column.name}", f"{column.label}平均", column.unit, column.public)


_YEAR = "年"
"""A year is no quantity."""
_LEDGER = ("id", "subject_id", "opened", "authority_scope")


def _dimensions(kind: type[Fact], register: Register, columns: tuple[SliceColumn, ...]) -> Iterator[Dimension]:
    yield Dimension("authority_scope", "主管辖区", "scope", "authority_scope", public=True)
    for column in columns:
        if not column.personal:
            yield from _of_column(column)
        if column.of and column.of != register.code:
            yield from _through(column.name, column.label, head_of(column.of))
    if head_of(register.code) not in (None, kind):
        yield from _through(SUBJECT, register.title, head_of(register.code))
    if register.of_people:
        yield from _of_person(kind)


def _of_column(column: SliceColumn, via: str = _OWN, of: str = "", before: str = "") -> Iterator[Dimension]:
    code = f"{via}.{column.name}" if via else column.name
    label = f"{before}{column.label}"
    if column.tables or column.codes:
        kind = "codes" if column.type == "codes" else "code"
        yield Dimension(code, label, kind, column.name, via, of, column.codes, column.tables, column.public)
    elif column.type == "flag":
        yield Dimension(code, label, "flag", column.name, via, of, public=column.public)
    elif column.type == "day" and column.name != "valid_to":
        public = column.public or column.name == "valid_from"
        yield Dimension(f"{code}:year", f"{label}（年）", "year", column.name, via, of, public=public)
        yield Dimension(f"{code}:month", f"{label}（月）", "month", column.name, via, of, public=public)
        yield Dimension(code, f"{label}（日）", "day", column.name, via, of, public=public)


def _through(via: str, label: str, head: type[Fact] | None) -> Iterator[Dimension]:
    """What can be asked of the subject a column names: the codes of its head, and its name."""
    if head is None:
        return
    for column in columns_of(head):
        if (column.tables or column.codes) and column.type == "text" and not column.personal:
            yield from _of_column(column, via, head.fact_table(), f"{label}·")
        elif head.naming and column.name == head.naming.field and column.public and not column.personal:
            yield Dimension(
                f"{via}.{column.name}",
                f"{label}·{column.label}",
                "text",
                column.name,
                via,
                head.fact_table(),
                public=True,
            )


def _of_person(kind: type[Fact]) -> Iterator[Dimension]:
    person = person_kind()
    if person is None:
        return
    via = _OWN if kind is person else PERSON
    for column in columns_of(person):
        if column.name == BIRTH:
            yield Dimension("person.age", "年龄组", "age", BIRTH, via, person.fact_table())
        elif column.name == "sex":
            yield Dimension("person.sex", "性别", "code", "sex", via, person.fact_table(), None, column.tables)
