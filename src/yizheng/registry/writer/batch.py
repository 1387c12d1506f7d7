"""What the changes of a batch say is collected and written together, in a handful of statements for any number of lines.

A line is read once, cut where a new statement goes through it (更正拼接), and written with all the others of its kind.
Writing waits until the batch closes, until a line is spoken of a second time, or until somebody asks about a kind of which
something waits: a question is answered with all that was said before it. Everything is written under the row scope in
which it was said.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from yizheng.kernel.remembering import changed
from yizheng.kernel.rowscope import RowScope, current, within
from yizheng.registry.failures import EventConflict, NothingInForce, NotStanding, RegistryError
from yizheng.registry.models import Basis, EventFact, Fact, Subject
from yizheng.registry.writer.rows import Known, insert_many
from yizheng.registry.writer.versions import remainders, versions_of

Line = tuple[type[Fact], int, str]
"""A line by its kind, subject and key."""
Executor = Callable[[str, Any, bool, dict[str, Any]], Any]

_CLOSE = """
-- versions closed, each by its own change
UPDATE {table} f SET closed = named.change
FROM unnest(%s::bigint[], %s::bigint[]) AS named (id, change)
WHERE f.id = named.id AND f.closed IS NULL
"""


@dataclass(slots=True)
class Statement:
    """What one change says about a line over a period; without a version it says nothing any more."""

    change: int
    subject_id: int
    line: str
    valid_from: date
    valid_to: date
    version: Fact | None


@dataclass(slots=True)
class _Waiting:
    """What was said under one row scope and is not written yet."""

    retracted: dict[type[Fact], list[tuple[Fact, int]]] = field(default_factory=lambda: defaultdict(list))
    said: dict[type[Fact], list[Statement]] = field(default_factory=lambda: defaultdict(list))
    bases: list[tuple[int, str, Fact]] = field(default_factory=list)
    shared: dict[Callable[[list[Any]], object], list[Any]] = field(default_factory=lambda: defaultdict(list))


def hold(subjects: Iterable[int]) -> None:
    """Hold these subjects, in id order, against other writers until the transaction ends."""
    held = Subject.objects.select_for_update(no_key=True).filter(pk__in=set(subjects)).order_by("pk")
    list(held.values_list("pk"))


class Batch:
    """The statements of one or many changes on their way into the register."""

    def __init__(self) -> None:
        self._waiting: dict[RowScope, _Waiting] = {}
        self._spoken_of: set[Line] = set()
        self._tables: set[str] = set()
        self._held: set[int] = set()
        self._fault: RegistryError | None = None

    @contextmanager
    def open(self) -> Iterator[None]:
        """Collect within the block and write at its end.

        The wrapper stands before the one that sets the row scope, so that a question which made the batch write first
        is then asked under its own scope.
        """
        connection.execute_wrappers.insert(0, self._before_statement)
        try:
            yield
            self.flush()
            if self._fault:
                raise self._fault
        finally:
            connection.execute_wrappers.remove(self._before_statement)

    def hold(self, subjects: Iterable[int]) -> None:
        """Hold these subjects, in id order, against other writers until the batch is over."""
        wanted = set(subjects) - self._held
        if wanted:
            hold(wanted)
            self._held.update(wanted)

    def own(self, subject_id: int) -> None:
        """A subject that a change of the batch made: nobody else knows it yet."""
        self._held.add(subject_id)

    def say(self, model: type[Fact], statement: Statement) -> None:
        """Collect a statement; what was said of its line before is written first."""
        line = (model, statement.subject_id, statement.line)
        if line in self._spoken_of:
            self.flush()
        self._spoken_of.add(line)
        self._tables.add(model.fact_table())
        self._here().said[model].append(statement)
        changed(statement.subject_id)

    def retract(self, version: Fact, change: int) -> None:
        """Collect a version to be closed with nothing in its place."""
        model = type(version)
        if (model, version.subject_id, version.line) in self._spoken_of:
            self.flush()
        self._tables.add(model.fact_table())
        self._here().retracted[model].append((version, change))
        changed(version.subject_id)

    def rely(self, change: int, case_ref: str, versions: Iterable[Fact]) -> None:
        """Collect versions a change relies on."""
        relied = [(change, case_ref, version) for version in versions]  # read first: reading may flush
        self._here().bases.extend(relied)

    def share(self, write: Callable[[list[Any]], object], what: Any) -> None:
        """Collect something that `write` writes for all of the batch at once, after the facts."""
        self._here().shared[write].append(what)

    def flush(self) -> None:
        """Write what was collected. Raises NothingInForce, EventConflict, NotStanding."""
        waiting, self._waiting = self._waiting, {}
        self._spoken_of, self._tables = set(), set()
        try:
            for scope, what in waiting.items():
                with within(scope):
                    _write(what)
        except RegistryError as fault:
            self._fault = fault  # what waited with it is lost: whoever catches the fault cannot keep the change
            raise

    def _here(self) -> _Waiting:
        return self._waiting.setdefault(current(), _Waiting())

    def _before_statement(self, execute: Executor, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if self._tables and any(table in sql for table in self._tables):
            self.flush()
        return execute(sql, params, many, context)


def _write(what: _Waiting) -> None:
    for model, versions in what.retracted.items():
        _close(model, [(version.pk, change) for version, change in versions])
    for model, statements in what.said.items():
        _splice(model, statements)
    insert_many(
        [
            Basis(change_id=change, case_ref=ref, fact_table=version.fact_table(), version=version.pk)
            for change, ref, version in what.bases
        ],
        Known.KEPT,
    )
    for write, shared in what.shared.items():
        write(shared)


def _splice(model: type[Fact], statements: Sequence[Statement]) -> None:
    """Each line says over its period what is stated and nothing else; a line that says so already keeps its version."""
    lines = _lines(model, statements)
    closed: list[tuple[int, int]] = []
    opened: list[Fact] = []
    for each in statements:
        standing = [
            row
            for row in lines.get((each.subject_id, each.line), ())
            if row.valid_from < each.valid_to and row.valid_to > each.valid_from
        ]
        if not _new(each, standing):
            continue
        closed += [(version.pk, each.change) for version in standing]
        opened += remainders(standing, each.change, each.valid_from, each.valid_to)
        opened += [each.version] if each.version else []
    _close(model, closed)
    insert_many(opened)


def _new(each: Statement, standing: Sequence[Fact]) -> bool:
    """Whether the statement changes its line; a version that stands already takes the place of the one stated."""
    if each.version is None:
        if not standing:
            raise NothingInForce(f"登记项“{each.line}”自{each.valid_from}起没有有效的登记，不能终止。")
        return True
    if standing and _says_already(standing[0], each.version):
        vars(each.version).update(vars(standing[0]))
        return False
    if standing and isinstance(each.version, EventFact):
        raise EventConflict(f"登记项“{each.line}”在{each.valid_from}已有另一条记录；如记录有误，请办理更正。")
    return True


def _lines(model: type[Fact], statements: Sequence[Statement]) -> dict[tuple[int, str], list[Fact]]:
    """What the lines spoken of say now, in order; one reading."""
    found: dict[tuple[int, str], list[Fact]] = defaultdict(list)
    rows = versions_of(model).current().filter(
        subject_id__in={each.subject_id for each in statements}, line__in={each.line for each in statements}
    )  # fmt: skip
    for row in rows.order_by("subject_id", "line", "valid_from"):
        found[row.subject_id, row.line].append(row)
    return found


def _says_already(standing: Fact, new: Fact) -> bool:
    covers = standing.valid_from <= new.valid_from and new.valid_to <= standing.valid_to
    return covers and standing.what_is_said() == new.what_is_said()


def _close(model: type[Fact], pairs: Sequence[tuple[int, int]]) -> None:
    if not pairs:
        return
    statement = _CLOSE.format(table=connection.ops.quote_name(model.fact_table()))
    with connection.cursor() as cursor:
        cursor.execute(statement, [[version for version, _ in pairs], [change for _, change in pairs]])
        if cursor.rowcount != len(pairs):
            raise NotStanding("登记已被他人先行变更，请刷新后重新办理。")
