"""A PostgreSQL that somebody else runs: is it new enough, do both roles have what they need, and if not, which SQL gives it."""

import psycopg
from psycopg.conninfo import conninfo_to_dict

from yizheng.cli.database.roles import JOB, OWNER, SERVING
from yizheng.cli.trouble import Trouble

OLDEST = 150000

_LACKS = """
select (select rolsuper or rolbypassrls from pg_roles where rolname = current_user),
       has_database_privilege(current_user, current_database(), 'connect'),
       current_user, current_database()
"""
_OWNER_LACKS = """
select has_schema_privilege(current_user, 'public', 'create'), has_database_privilege(current_user, current_database(), 'create'),
       array(select r from unnest(%s::text[]) r where not exists (select from pg_roles where rolname = r)),
       current_user, current_database()
"""


def check(serving: str, owner: str) -> None:
    """Raise `Trouble` with the SQL to run when something is missing."""
    if not owner:
        raise Trouble(
            "设置了 DATABASE_URL，还须设置 DATABASE_OWNER_URL（数据库属主 yizheng_owner 的连接地址，用于升级表结构）"
        )
    missing = [*_owner_rights(owner)]
    if missing:
        raise Trouble(_ask(missing))
    missing = [*_serving_rights(serving)]
    if missing:
        raise Trouble(_ask(missing))


def _ask(statements: list[str]) -> str:
    return "外部数据库缺少权限，请数据库管理员在该库中执行：\n\n  " + "\n  ".join(statements) + "\n"


def _connect(url: str, who: str) -> psycopg.Connection:
    try:
        return psycopg.connect(url, connect_timeout=10)
    except psycopg.OperationalError as problem:
        parts = conninfo_to_dict(url)
        role, name = parts.get("user", who), parts.get("dbname", "yizheng")
        said = str(problem).strip().splitlines()[-1]
        raise Trouble(
            f"无法以 {role} 连接数据库 {name}：{said}。若角色或数据库尚未建立，请数据库管理员执行：\n\n"
            f"  create role {role} login password '…' nobypassrls;\n"
            f"  create database {name} owner {OWNER};\n"
        ) from problem


def _owner_rights(url: str) -> list[str]:
    with _connect(url, OWNER) as connection:
        if connection.info.server_version < OLDEST:
            found = connection.info.server_version // 10000
            raise Trouble(f"外部数据库是 PostgreSQL {found}，需要 15 或更高版本")
        row = connection.execute(_OWNER_LACKS, [[SERVING, JOB]]).fetchone()
    assert row is not None
    may_create, may_extend, absent, user, name = row
    return [
        *(f"create role {role} login password '…' nosuperuser nobypassrls;" for role in absent),
        *([] if may_create else [f'grant create, usage on schema public to "{user}";']),
        *([] if may_extend else [f'grant create on database "{name}" to "{user}";']),
    ]


def _serving_rights(url: str) -> list[str]:
    with _connect(url, SERVING) as connection:
        row = connection.execute(_LACKS).fetchone()
    assert row is not None
    bypasses, _, user, _ = row
    if user not in (SERVING, JOB):
        raise Trouble(f"DATABASE_URL 应使用角色 {SERVING}（表权限授予该角色），现在用的是 {user}")
    return [f'alter role "{user}" nosuperuser nobypassrls;'] if bypasses else []
