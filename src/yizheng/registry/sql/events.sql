-- As before, but asked for all rows at once: whoever asks for the first missing one makes the planner look rows up one by one.
create or replace function registry_subjects_exist() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    first bigint;
    last bigint;
    missing bigint;
begin
    select min(subject_id), max(subject_id) into first, last from written_rows;
    if first is null then
        return null;
    end if;
    execute format(
        'select min(w.subject_id) from written_rows w
         where not exists (select from registry_subject s where s.id = w.subject_id and s.id between %s and %s)',
        first, last) into missing;
    if missing is not null then
        raise exception '主体 % 不存在', missing using errcode = '23503', table = tg_table_name;
    end if;
    return null;
end $$;

-- As before, but that a version's subject exists is asked here, once a statement, and the table has no foreign key for it. An
-- event takes up exactly its day (a check of its table says so), so two of a line overlap only when they begin on the same
-- day, and the unique index on line and day keeps them apart in every isolation level: no lock, nothing to look for.
-- Whether the subjects exist and whether any was there before is asked together; only then are revisions counted up.
create or replace function registry_fact_opened() returns trigger
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
        'select min(n.subject_id) filter (where s.id is null), bool_or(s.opened not in (select opened from opened_rows))
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
                   and opened not in (select opened from opened_rows)
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
