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


class _ForTable(RunSQL):
    """SQL about one table, written into migrations as its name alone."""

    def __init__(self, table: str, sql: str, reverse_sql: str) -> None:
        super().__init__(sql, reverse_sql)
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """The operation as migrations write it."""
        return type(self).__name__, [self.table], {}

    def describe(self) -> str:
        """What `migrate` prints."""
        return f"{type(self).__name__} on {self.table}"


class NamedSQL(RunSQL):
    """Runs `sql/<name>.sql`, and `sql/<name>_reverse.sql` to take it back."""

    def __init__(self, name: str) -> None:
        super().__init__(named_sql(name), named_sql(f"{name}_reverse"))
        self.name = name

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """The operation as migrations write it."""
        return "NamedSQL", [self.name], {}


class NoRemoval(_ForTable):
    """Rows are never deleted; who may change which columns is up to grants and guards of the table's own."""

    def __init__(self, table: str) -> None:
        forward, reverse = _refusing(table, "delete", "truncate"), _accepting(table, "delete", "truncate")
        super().__init__(table, forward, reverse)


class Grants(_ForTable):
    """Lets the serving and job roles use a table: `Grants("work_notice", "select, insert, update (read_at)")`."""

    def __init__(self, table: str, privileges: str) -> None:
        self.privileges = privileges
        super().__init__(table, _grant(table, privileges), _revoke(table))

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """The operation as migrations write it."""
        return "Grants", [self.table, self.privileges], {}


class AppendOnly(_ForTable):
    """Rows are added and read, and stay as they are."""

    def __init__(self, table: str) -> None:
        forward = _refusing(table, "update", "delete", "truncate") + _grant(table, "select, insert")
        super().__init__(table, forward, _revoke(table) + _accepting(table, "update", "delete", "truncate"))


class FactTable(_ForTable):
    """Turns the table of a fact model into one that the database itself keeps honest (see `sql/facts.sql`)."""

    def __init__(self, table: str) -> None:
        forward = _fill(_FACT_TABLE, table) + _refusing(table, "delete", "truncate")
        forward += _grant(table, "select, insert, update (closed)")
        reverse = _revoke(table) + _accepting(table, "delete", "truncate") + _fill(_FACT_TABLE_REVERSE, table)
        super().__init__(table, forward, reverse)


class EventTable(_ForTable):
    """After ``FactTable``: what the table holds happened on a day, and takes up that day alone (see `sql/events.sql`)."""

    def __init__(self, table: str) -> None:
        super().__init__(table, _fill(_EVENT_TABLE, table), _fill(_EVENT_TABLE_REVERSE, table))


class SubjectsExist(_ForTable):
    """Whatever `subject_id` is written names a subject there is; in place of a foreign key (see `sql/references.sql`)."""

    def __init__(self, table: str) -> None:
        super().__init__(table, _fill(_SUBJECTS_EXIST, table), _fill(_SUBJECTS_EXIST_REVERSE, table))


_SUBJECTS_EXIST = """
create trigger registry_subjects_exist after insert on {table} referencing new table as written_rows
    for each statement execute function registry_subjects_exist();
create trigger registry_subjects_still_exist after update on {table} referencing new table as written_rows
    for each statement execute function registry_subjects_exist();
"""

_SUBJECTS_EXIST_REVERSE = """
drop trigger registry_subjects_still_exist on {table};
drop trigger registry_subjects_exist on {table};
"""

_EVENT_TABLE = """
alter table {table} add constraint {table}_one_day check (valid_to = valid_from + 1);
drop trigger registry_opened on {table};
create trigger registry_opened after insert on {table} referencing new table as opened_rows
    for each statement execute function registry_fact_opened('event');
"""

_EVENT_TABLE_REVERSE = """
drop trigger registry_opened on {table};
create trigger registry_opened after insert on {table} referencing new table as opened_rows
    for each statement execute function registry_fact_opened();
alter table {table} drop constraint {table}_one_day;
"""

_FACT_TABLE = """
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

_FACT_TABLE_REVERSE = """
drop trigger registry_closed on {table};
drop trigger registry_opened on {table};
drop trigger registry_guard on {table};
drop index {table}_closed;
drop index {table}_opened;
drop index {table}_subject;
drop index {table}_line;
alter table {table} drop constraint {table}_period;
"""


def _fill(template: str, table: str) -> str:
    return template.replace("{table}", table)


def _refusing(table: str, *acts: str) -> str:
    return "".join(
        f"create trigger registry_no_{act} before {act} on {table} "
        f"for each statement execute function registry_refuse();\n"
        for act in acts
    )


def _accepting(table: str, *acts: str) -> str:
    return "".join(f"drop trigger registry_no_{act} on {table};\n" for act in acts)


def _grant(table: str, privileges: str) -> str:
    return f"grant {privileges} on {table} to {', '.join(SERVING_ROLES)};\n"


def _revoke(table: str) -> str:
    return f"revoke all on {table} from {', '.join(SERVING_ROLES)};\n"
