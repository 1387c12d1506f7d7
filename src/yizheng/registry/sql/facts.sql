-- The trigger functions every fact table shares. They name no column but those of the ledger, so columns added to
-- a table later need nothing here. The two that look at other rows run with the rights of their owner, because a
-- row policy must not hide an overlap from them.

-- After insert: versions open under the change at work, of subjects that exist (asked here once a statement: the table has no
-- foreign key for it); their subjects are locked in id order, and no two open versions of a line overlap. A subject opened by
-- the change at work is seen by nobody else, so there is none to keep off by its lock. An event takes up exactly its day (a
-- check of its table says so), so two of a line overlap only when they begin on the same day, and the unique index on line and
-- day keeps them apart in every isolation level: no lock, nothing to look for.
-- The changes at work are asked for as distinct ones: a list as long as the load would not fit into memory to be looked up in.
-- The statements that look at other rows name the first and the last subject as numbers: the planner then knows whether a load
-- adds new people at the end of a register of millions or touches some of everywhere.
create function registry_fact_opened() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    clash record;
    first bigint;
    last bigint;
    missing bigint;
    born_closed boolean;
    older boolean;
begin
    select min(subject_id), max(subject_id), bool_or(closed is not null) into first, last, born_closed from opened_rows;
    if first is null then
        return null;
    end if;
    if born_closed then
        raise exception '% 的新版本不能一写入就关闭', tg_table_name using errcode = '23001';
    end if;
    if exists (
        select from (select distinct opened from opened_rows) o
        where not exists (select from registry_change c where c.id = o.opened and c."position" is null)
    ) then
        raise exception '% 的版本须由本事务中尚未入册的变更写入', tg_table_name using errcode = '23001';
    end if;
    execute format(
        'select min(n.subject_id) filter (where s.id is null), bool_or(s.opened not in (select distinct opened from opened_rows))
         from opened_rows n left join registry_subject s on s.id = n.subject_id and s.id between %s and %s',
        first, last) into missing, older;
    if missing is not null then
        raise exception '主体 % 不存在', missing using errcode = '23503', table = tg_table_name;
    end if;
    if tg_nargs > 0 and tg_argv[0] = 'event' then
        return null;
    end if;
    if older then
        execute format(
            'update registry_subject s set revision = s.revision + 1
             from (
                 select id from registry_subject
                 where id in (select subject_id from opened_rows) and id between %1$s and %2$s
                   and opened not in (select distinct opened from opened_rows)
                 order by id for no key update
             ) locked
             where s.id = locked.id and s.id between %1$s and %2$s', first, last);
    end if;
    execute format(
        'select n.subject_id, n.line, n.valid_from, n.valid_to from opened_rows n join %I.%I f
           on f.subject_id = n.subject_id and f.line = n.line and f.closed is null and f.id <> n.id
          and f.subject_id between %s and %s
          and f.valid_from < n.valid_to and n.valid_from < f.valid_to limit 1',
        tg_table_schema, tg_table_name, first, last) into clash;
    if clash is not null then
        raise exception '主体 % 的登记项“%”在 % 至 % 期间已有登记', clash.subject_id, clash.line, clash.valid_from, clash.valid_to
            using errcode = '23P01', table = tg_table_name;
    end if;
    return null;
end $$;

-- Before update: only `closed` may change, once, from null.
create function registry_fact_guard() returns trigger language plpgsql as $$
begin
    if old.closed is not null or new.closed is null then
        raise exception '% 的版本 % 只能关闭一次', tg_table_name, old.id using errcode = '23001';
    end if;
    old.closed := new.closed;
    if new *<> old then
        raise exception '% 的版本 % 只能关闭，不得改动', tg_table_name, old.id using errcode = '23001';
    end if;
    return new;
end $$;

-- After update: it is the change at work that closes.
create function registry_fact_closed() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if exists (
        select from (select distinct closed from closed_rows) o
        where not exists (select from registry_change c where c.id = o.closed and c."position" is null)
    ) then
        raise exception '% 的版本须由本事务中尚未入册的变更关闭', tg_table_name using errcode = '23001';
    end if;
    return null;
end $$;

-- Statement triggers that refuse what must never happen to a table that only grows.
create function registry_refuse() returns trigger language plpgsql as $$
begin
    raise exception '% 只能追加，不得 %', tg_table_name, tg_op using errcode = '23001';
end $$;

-- The tables that hold facts: those with the trigger of an opened version.
create function registry_fact_tables() returns setof name language sql stable as $$
    select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
    where p.proname = 'registry_fact_opened' and c.relnamespace = 'public'::regnamespace order by c.relname
$$;

-- How many versions a change opened or closed, whoever may see them.
create function registry_versions_touched(change bigint) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    fact_table name;
    found_here bigint;
    total bigint := 0;
begin
    for fact_table in select * from registry_fact_tables() loop
        execute format('select count(*) from %I where opened = $1 or closed = $1', fact_table)
            into found_here using change;
        total := total + found_here;
    end loop;
    return total;
end $$;
