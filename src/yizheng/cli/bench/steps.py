"""What has been built: a portion and its note commit together, so nothing is built twice and nothing is left out."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from psycopg import Connection, sql

_TABLES = """
create table if not exists bench_step (name text primary key, rows bigint not null, seconds float8 not null);
create table if not exists bench_index (
    name text primary key, relation text not null, definition text not null, is_constraint boolean not null);
create table if not exists bench_name (
    name text primary key, folded text not null, pinyin text not null, initials text not null);
create table if not exists bench_house (
    number int primary key, subject bigint not null, name text not null, folded text not null, scope int not null,
    district text not null);
create table if not exists bench_person (
    number int primary key, subject bigint not null, name text not null, sex text not null, birth date not null,
    resident text not null);
grant select, insert on bench_step, bench_name, bench_house, bench_person to yizheng_job, yizheng_serving;
"""
_INDEXES = """
select i.relname, coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(x.indexrelid)), c.oid is not null
from pg_index x join pg_class i on i.oid = x.indexrelid
left join pg_constraint c on c.conindid = x.indexrelid and c.contype in ('u', 'p') and c.conrelid = x.indrelid
where x.indrelid = %s::regclass and not x.indisprimary
"""
_END = "finished"


class Steps:
    """The ledger of one build."""

    def __init__(self, owner: Connection[Any]) -> None:
        self.owner = owner

    def make_tables(self) -> None:
        """The tables of this folder, beside the program's own."""
        self.owner.execute(_TABLES)

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

    def portions(self, name: str, total: int, size: int) -> Iterator[tuple[str, int, int]]:
        """The parts of a whole that are not built yet: a name, the first number and the one after the last."""
        for index, first in enumerate(range(0, total, size)):
            if not self._done(f"{name}-{index}"):
                yield f"{name}-{index}", first, min(first + size, total)

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
        for index, definition, is_constraint in self.owner.execute(_INDEXES, [table]).fetchall():
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
