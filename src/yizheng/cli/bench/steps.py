"""What has been built: a portion and its note commit together, so nothing is built twice and nothing is left out."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import connection, transaction
from psycopg import Connection, sql

from yizheng.cli.bench.writing import statement

_END = "finished"


class Steps:
    """The ledger of one build."""

    def __init__(self, owner: Connection[Any]) -> None:
        self.owner = owner

    def make_tables(self) -> None:
        """The tables of this folder, beside the program's own."""
        self.owner.execute(statement("tables"))

    def finished(self) -> bool:
        """Whether everything was built."""
        return self._done(_END)

    def finish(self) -> None:
        """Note that everything is built."""
        self.owner.execute("vacuum analyze")
        self.owner.execute("insert into bench_step values (%s, 0, 0)", [_END])

    def once(self, name: str, portion: Callable[[], int]) -> None:
        """Run a portion unless it was run; it returns its rows. It commits with its note or not at all."""
        if self._done(name):
            return
        began = time.perf_counter()
        with transaction.atomic():
            rows = portion()
            took = time.perf_counter() - began
            with connection.cursor() as cursor:
                cursor.execute("insert into bench_step values (%s, %s, %s)", [name, rows, took])
        print(f"  {name}：{rows:,} 行，{time.perf_counter() - began:.1f} 秒", flush=True)

    def portions(self, name: str, total: int, size: int, portion: Callable[[int, int], int]) -> None:
        """Build the parts of a whole that are not built yet, each from a first number to the one after its last."""
        for index, first in enumerate(range(0, total, size)):
            self.once(f"{name}-{index}", partial(portion, first, min(first + size, total)))

    @contextmanager
    def without_indexes(self, name: str, tables: Iterable[str]) -> Iterator[None]:
        """Take the tables' secondary indexes away for the block and make them again; a crash between is made good."""
        if self._done(name):
            yield
            return
        for table in tables:
            self._take_away(table)
        yield
        began = time.perf_counter()
        made = self._make_again(tables)
        self.owner.execute("insert into bench_step values (%s, %s, %s)", [name, made, time.perf_counter() - began])
        print(f"  {name}：{made} 个索引，{time.perf_counter() - began:.1f} 秒", flush=True)

    def _take_away(self, table: str) -> None:
        for index, definition, is_constraint in self.owner.execute(statement("indexes"), [table]).fetchall():
            with self.owner.transaction():
                self.owner.execute(
                    "insert into bench_index values (%s, %s, %s, %s)", [index, table, definition, is_constraint]
                )
                drop = "alter table {} drop constraint {}" if is_constraint else "drop index {1}"
                self.owner.execute(sql.SQL(drop).format(sql.Identifier(table), sql.Identifier(index)))

    def _make_again(self, tables: Iterable[str]) -> int:
        wanted = list(tables)
        kept = self.owner.execute(
            "select name, relation, definition, is_constraint from bench_index where relation = any(%s)", [wanted]
        ).fetchall()
        for index, table, definition, is_constraint in kept:
            with self.owner.transaction():
                self.owner.execute(
                    f'alter table "{table}" add constraint "{index}" {definition}' if is_constraint else definition
                )
                self.owner.execute("delete from bench_index where name = %s", [index])
        return len(kept)

    def _done(self, name: str) -> bool:
        return bool(self.owner.execute("select from bench_step where name = %s", [name]).rowcount)
