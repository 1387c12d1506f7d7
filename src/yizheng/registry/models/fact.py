"""登记事实: typed records on a line, each with two times: when it holds, and when the register knew it."""

from datetime import date, datetime
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from yizheng.registry.declarations import NEUTRAL, OUTLINED, Entry, Head, Look, Naming, Sentence, Told
from yizheng.registry.models.knowledge import Knowledge, knowledge
from yizheng.registry.models.subject import Subject
from yizheng.registry.periods import FOREVER, last_day
from yizheng.registry.registers import Register, registers

Version = TypeVar("Version", bound="Fact")

LEDGER_COLUMNS = frozenset({"id", "subject", "line", "valid_from", "valid_to", "opened", "closed", "authority_scope"})


class FactQuerySet(models.QuerySet[Version]):
    """Versions selected by what is valid and by what is known."""

    def current(self) -> Self:
        """Versions the register holds now, the reader's own unfinished change included."""
        return self.filter(closed__isnull=True)

    def known(self, known: int | datetime | Knowledge | None) -> Self:
        """Versions the register held at that position or moment; None means now."""
        return self.current() if known is None else self.filter(knowledge(known).standing())

    def on(self, day: date) -> Self:
        """Versions that hold on that day."""
        return self.filter(valid_from__lte=day, valid_to__gt=day)

    def as_of(self, valid: date, known: int | datetime | Knowledge | None = None) -> Self:
        """The state on a day as it was known."""
        return self.known(known).on(valid)


class EventQuerySet(FactQuerySet[Version]):
    """Events selected by day; an event stays true after its day."""

    def until(self, day: date) -> Self:
        """Events that happened on or before that day."""
        return self.filter(valid_from__lte=day)

    def as_of(self, valid: date, known: int | datetime | Knowledge | None = None) -> Self:
        """What had happened by a day, as it was known."""
        return self.known(known).until(valid)


class Fact(models.Model):
    """One version: what `opened` says from `valid_from` up to, not including, `valid_to`, until `closed`.

    Subclasses add typed columns only. Once a row is written nothing but `closed` changes, once; the database
    refuses everything else (`yizheng.registry.operations.FactTable`).
    """

    subject = models.ForeignKey(
        Subject, models.PROTECT, db_index=False, db_constraint=False, related_name="+", verbose_name="主体"
    )
    line = models.CharField("登记项", max_length=80)
    valid_from = models.DateField("生效日期")
    valid_to = models.DateField("失效日期", default=FOREVER)
    opened = models.BigIntegerField("写入的变更")
    closed = models.BigIntegerField("关闭的变更", null=True)
    authority_scope = models.IntegerField("主管辖区")

    register: ClassVar[Register | None] = None
    """The register it belongs to; none where it is about the person, however many registers she stands in."""
    label: ClassVar[Sentence] = ""
    """What its line is called; without it as the kind."""
    order: ClassVar[int] = 10
    """The place of its lines on the timeline."""
    weight: ClassVar[int] = 500
    """The lightest of the lines a change touched gives the change its headline."""
    drawn: ClassVar[Look] = OUTLINED
    """How a version looks on the timeline."""
    told: ClassVar[Told] = Told()
    entry: ClassVar[Entry | None] = Entry()
    """Its row among the entries of a day; None: it has none."""
    head: ClassVar[Head | None] = None
    """Where it is the kind that says how a subject stands in the register."""
    naming: ClassVar[Naming | None] = None
    """Where it is the kind that says who the subject is."""
    founds_subject: ClassVar[bool] = False
    """Whether it says who the subject is: it is not taken back under what was registered about her since."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        until = "至今" if self.valid_to == FOREVER else f"至{self.valid_to}前"
        return f"{self._meta.verbose_name} {self.line}（{self.valid_from}{until}）"

    @classmethod
    def fact_table(cls) -> str:
        """The table of the kind: its name in the ledger."""
        return cls._meta.db_table

    @classmethod
    def kind_title(cls) -> str:
        """The kind in Chinese."""
        return str(cls._meta.verbose_name)

    @classmethod
    def registers(cls) -> tuple[Register, ...]:
        """The registers in which the kind is told: its own, else every register of people."""
        return (cls.register,) if cls.register else tuple(each for each in registers() if each.of_people)

    def told_in(self, register: Register) -> bool:
        """Whether the version belongs to the register; a kind that several have says in `of_register` whose it is."""
        return register in self.registers() and getattr(self, "of_register", register.code) == register.code

    @classmethod
    def typed_fields(cls) -> "tuple[models.Field[Any, Any], ...]":
        """The columns that say something, in the order they are declared."""
        return tuple(field for field in cls._meta.concrete_fields if field.name not in LEDGER_COLUMNS)

    @property
    def last_day(self) -> date | None:
        """The last day it holds; None while it has no end."""
        return last_day(self.valid_to)

    @property
    def look(self) -> str:
        """How the version is drawn."""
        drawn = type(self).drawn
        return drawn(self) if callable(drawn) else drawn

    def values(self) -> dict[str, Any]:
        """The typed values under the names `change.state` and `change.event` take, to say them again or altered."""
        return {field.attname.removesuffix("_id"): getattr(self, field.attname) for field in self.typed_fields()}

    def what_is_said(self) -> tuple[Any, ...]:
        """What the version says, apart from when: its scope and typed values, comparable between versions."""
        return (self.authority_scope, *(getattr(self, field.attname) for field in self.typed_fields()))


class StateFact(Fact):
    """A state that holds over a period."""

    objects = FactQuerySet[Any].as_manager()

    class Meta:
        abstract = True

    def in_force_on(self, day: date) -> bool:
        """Whether the version says something about that day."""
        return self.valid_from <= day < self.valid_to


class EventFact(Fact):
    """Something that happened on a day: a period of exactly that day, one event a day on a line."""

    drawn: ClassVar[Look] = NEUTRAL

    objects = EventQuerySet[Any].as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.line}（{self.happened_on}）"

    @property
    def happened_on(self) -> date:
        """The day of the event."""
        return self.valid_from
