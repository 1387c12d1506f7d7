"""The three database roles: the owner migrates, serving runs pages, job runs approved bulk work (design §4)."""

from collections.abc import Iterable, Mapping

from psycopg import Connection, sql

OWNER, SERVING, JOB = "yizheng_owner", "yizheng_serving", "yizheng_job"
ROLES = (OWNER, SERVING, JOB)
DATABASE = "yizheng"

THIRD_PARTY_TABLES = (
    "django_session",
    "procrastinate_events",
    "procrastinate_jobs",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
)
"""Tables of other packages that serving and job read and write; ours carry their grants in their migrations."""

READ_ONLY_TABLES = ("auth_group", "auth_permission", "django_content_type", "django_migrations")


def make_roles(admin: Connection, passwords: Mapping[str, str]) -> None:
    """Make the roles that are missing: no superuser, no bypass of row policies, no right to make roles.

    A role may always change its own settings and password; whatever it changed is as it was after each start.
    """
    present = {name for (name,) in admin.execute("select rolname from pg_roles").fetchall()}
    for role in ROLES:
        verb = "alter" if role in present else "create"
        statement = f"{verb} role {{}} login nosuperuser nocreatedb nocreaterole nobypassrls password {{}}"
        admin.execute(sql.SQL(statement).format(sql.Identifier(role), sql.Literal(passwords[role])))
        admin.execute(sql.SQL("alter role {} reset all").format(sql.Identifier(role)))


def make_database(admin: Connection, name: str = DATABASE) -> bool:
    """Make the database for the owner unless it exists (needs autocommit); whether it was made."""
    if admin.execute("select from pg_database where datname = %s", [name]).rowcount:
        return False
    admin.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(name), sql.Identifier(OWNER)))
    return True


def grant_third_party(owner: Connection) -> None:
    """Grant serving and job what they need of other packages' tables (which carry no grants themselves)."""
    _grant(owner, "select, insert, update, delete", _existing(owner, THIRD_PARTY_TABLES))
    _grant(owner, "select", _existing(owner, READ_ONLY_TABLES))


def _existing(owner: Connection, names: Iterable[str]) -> list[str]:
    found = owner.execute("select relname from pg_class where relkind = 'r' and relname = any(%s)", [list(names)])
    return sorted(name for (name,) in found.fetchall())


def _grant(owner: Connection, verbs: str, tables: Iterable[str]) -> None:
    for table in tables:
        owner.execute(
            sql.SQL("grant {} on {} to {}, {}").format(
                sql.SQL(verbs), sql.Identifier(table), sql.Identifier(SERVING), sql.Identifier(JOB)
            )
        )
    owner.execute(
        """do $$ declare s text; begin
             for s in select c.oid::regclass::text from pg_class c join pg_depend d on d.objid = c.oid
                      where c.relkind = 'S' and d.deptype = 'a' and pg_get_userbyid(c.relowner) = current_user
             loop execute format('grant usage, select on sequence %s to yizheng_serving, yizheng_job', s); end loop;
           end $$"""
    )
