"""防线: triggers, policies, grants, functions and constraints as the migrations made them, told outside of the database.

After every migration what the catalogue holds is written beside the witness file; a verification compares. Whoever switches
a trigger off, widens a policy or grants a right is found by it, also when the rows are as they were.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from yizheng.registry.seals.verification import proof

_CATALOGUE = """
select '触发器 ' || c.relname || '.' || t.tgname, t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid)
from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public'
union all
select '行策略 ' || tablename || '.' || policyname, concat_ws(' ', permissive, roles::text, cmd, qual, with_check)
from pg_policies where schemaname = 'public'
union all
select '行级安全 ' || c.relname, c.relrowsecurity::text || ' ' || c.relforcerowsecurity::text
from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p')
union all
select '表授权 ' || c.relname, pg_get_userbyid(c.relowner) || ' ' || coalesce(c.relacl::text, '')
from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'S')
union all
select '列授权 ' || c.relname || '.' || a.attname, a.attacl::text
from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and a.attacl is not null
union all
select '函数 ' || p.oid::regprocedure::text, concat_ws(
    ' ', pg_get_userbyid(p.proowner), md5(coalesce(p.prosrc, '')), p.prosecdef, p.proconfig::text, p.proacl::text)
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname = 'public' and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
union all
select '约束 ' || c.relname || '.' || k.conname, k.convalidated::text || ' ' || pg_get_constraintdef(k.oid)
from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public'
union all
select '唯一索引 ' || c.relname, pg_get_indexdef(i.indexrelid) || ' ' || i.indisvalid::text
from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and i.indisunique
union all
select '改写规则 ' || c.relname || '.' || r.rulename, pg_get_ruledef(r.oid)
from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public'
union all
select '角色 ' || rolname, concat_ws(' ', rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit, rolcanlogin)
from pg_roles where rolname like 'yizheng%'
union all
select '角色设置 ' || r.rolname || coalesce('.' || d.datname, ''), s.setconfig::text
from pg_db_role_setting s join pg_roles r on r.oid = s.setrole left join pg_database d on d.oid = s.setdatabase
where r.rolname like 'yizheng%'
union all
select '角色成员 ' || pg_get_userbyid(roleid) || '.' || pg_get_userbyid(member), concat_ws(' ', admin_option, inherit_option, set_option)
from pg_auth_members where pg_get_userbyid(member) like 'yizheng%'
"""


def guards_file() -> Path:
    """Where they are told."""
    return Path(settings.WITNESS_DIR) / "guards.json"


def guards() -> dict[str, str]:
    """What the catalogue holds now, by name."""
    with connection.cursor() as cursor:
        cursor.execute(_CATALOGUE)
        return dict(cursor.fetchall())


def tell_guards() -> None:
    """Write down what the migrations made; called when they have run."""
    path = guards_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(guards(), ensure_ascii=False, indent=0, sort_keys=True), "utf-8")
    draft.replace(path)


@proof("防线")
def differing() -> Iterator[str]:
    """What is not as the migrations made it."""
    path = guards_file()
    if not path.exists():
        yield f"没有记录可比：缺少 {path.name}，运行一次 ./yizheng up 即写下"
        return
    told, now = json.loads(path.read_text("utf-8")), guards()
    for name in sorted(told.keys() | now.keys()):
        if name not in now:
            yield f"{name} 被删除"
        elif name not in told:
            yield f"{name} 不是迁移所建，是事后添加的"
        elif told[name] != now[name]:
            yield f"{name} 被改动"
