"""Migration operations: what a table needs from the database to be part of the register, and who may touch it.

Each is reversible and names the table only; columns added to it by later migrations need nothing more.
"""

from importlib.resources import files
from typing import Any

from django.db.migrations.operations import RunSQL

SERVING_ROLES = ("yizheng_serving", "yizheng_job")


def named_sql(name: str) -> str:
    """The text of one SQL file of this room."""
    return (files("yizheng.registry") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


class NamedSQL(RunSQL):
    """Runs `sql/<name>.sql`, and `sql/<name>_reverse.sql` to take it back."""

    def __init__(self, name: str) -> None:
        super().__init__(named_sql(name), named_sql(f"{name}_reverse"))
        self.name = name

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """The operation as migrations write it."""
        return "NamedSQL", [self.name], {}


def _refusing(*acts: str) -> str:
    return "".join(
        f"create trigger registry_no_{act} before {act} on {{table}} "
        f"for each statement execute function registry_refuse();\n"
        for act in acts
    )


def _accepting(*acts: str) -> str:
    return "".join(f"drop trigger registry_no_{act} on {{table}};\n" for act in acts)


def _grant(privileges: str) -> str:
    return f"grant {privileges} on {{table}} to {', '.join(SERVING_ROLES)};\n"


_REVOKE = f"revoke all on {{table}} from {', '.join(SERVING_ROLES)};\n"


class _ForTable(RunSQL):
    """SQL about one table (``{table}``), written into migrations as its name alone."""

    forward: str
    backward: str

    def __init__(self, table: str, *more: str) -> None:
        super().__init__(self.forward.replace("{table}", table), self.backward.replace("{table}", table))
        self.named = [table, *more]

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """The operation as migrations write it."""
        return type(self).__name__, self.named, {}

    def describe(self) -> str:
        """What `migrate` prints."""
        return f"{type(self).__name__} on {self.named[0]}"


class NoRemoval(_ForTable):
    """Rows are never deleted; who may change which columns is up to grants and guards of the table's own."""

    forward, backward = _refusing("delete", "truncate"), _accepting("delete", "truncate")


class Grants(_ForTable):
    """Lets the serving and job roles use a table: `Grants("work_notice", "select, insert, update (read_at)")`."""

    backward = _REVOKE

    def __init__(self, table: str, privileges: str) -> None:
        self.forward = _grant(privileges)
        super().__init__(table, privileges)


class AppendOnly(_ForTable):
    """Rows are added and read, and stay as they are."""

    forward = _refusing("update", "delete", "truncate") + _grant("select, insert")
    backward = _REVOKE + _accepting("update", "delete", "truncate")


class FactTable(_ForTable):
    """Turns the table of a fact model into one that the database itself keeps honest (see `sql/facts.sql`)."""

    forward = (
        """
alter table {table} add constraint {table}_period
    check (valid_from < valid_to and valid_from >= date '0001-01-01' and valid_to <= date '9999-12-31');
create unique index {table}_line on {table} (subject_id, line, valid_from) where closed is null;
create index {table}_subject on {table} (subject_id, opened);
create index {table}_opened on {table} (opened);
create index {table}_closed on {table} (closed) where closed is not null;
create trigger registry_guard before update on {table}
    for each row execute function registry_fact_guard();
create trigger registry_opened after insert on {table} referencing new table as opened_rows
    for each statement execute function registry_fact_opened();
create trigger registry_closed after update on {table} referencing new table as closed_rows
    for each statement execute function registry_fact_closed();
"""
        + _refusing("delete", "truncate")
        + _grant("select, insert, update (closed)")
    )

    backward = (
        _REVOKE
        + _accepting("delete", "truncate")
        + """
drop trigger registry_closed on {table};
drop trigger registry_opened on {table};
drop trigger registry_guard on {table};
drop index {table}_closed;
drop index {table}_opened;
drop index {table}_subject;
drop index {table}_line;
alter table {table} drop constraint {table}_period;
"""
    )


class EventTable(_ForTable):
    """After ``FactTable``: what the table holds happened on a day, and takes up that day alone (see `sql/facts.sql`)."""

    forward = """
alter table {table} add constraint {table}_one_day check (valid_to = valid_from + 1);
drop trigger registry_opened on {table};
create trigger registry_opened after insert on {table} referencing new table as opened_rows
    for each statement execute function registry_fact_opened('event');
"""

    backward = """
drop trigger registry_opened on {table};
create trigger registry_opened after insert on {table} referencing new table as opened_rows
    for each statement execute function registry_fact_opened();
alter table {table} drop constraint {table}_one_day;
"""


class SubjectsExist(_ForTable):
    """Whatever `subject_id` is written names a subject there is; in place of a foreign key (see `sql/references.sql`)."""

    forward = """
create trigger registry_subjects_exist after insert on {table} referencing new table as written_rows
    for each statement execute function registry_subjects_exist();
create trigger registry_subjects_still_exist after update on {table} referencing new table as written_rows
    for each statement execute function registry_subjects_exist();
"""

    backward = """
drop trigger registry_subjects_still_exist on {table};
drop trigger registry_subjects_exist on {table};
"""
