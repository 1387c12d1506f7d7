do $$
declare
    kept name;
begin
    for kept in select c.relname from pg_class c
                where c.relnamespace = 'intake_staging'::regnamespace and c.relname like 'verdict\_%' loop
        execute format('alter table intake_staging.%I drop column differs', kept);
    end loop;
end $$;

drop function intake_analyze_verdicts(bigint);
drop function intake_seen_with_its_batch(text, bigint);
drop function intake_analyze_staging(bigint);

create or replace function intake_make_staging(batch bigint, names text[], types text[]) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    columns text;
begin
    if exists (select from unnest(names) n where n !~ '^[a-z][a-z0-9_]{0,50}$')
       or exists (select from unnest(types) t where t not in ('text', 'numeric', 'integer', 'date', 'boolean', 'bigint', 'bytea')) then
        raise exception '暂存表的列名或类型不合规定' using errcode = '22023';
    end if;
    select string_agg(format('%I %s', n, t), ', ' order by place) into columns
    from unnest(names, types) with ordinality as c (n, t, place);
    perform intake_drop_staging(batch);
    execute format('create table intake_staging.%I (%s)', 'batch_' || batch, columns);
    execute format(
        'create table intake_staging.%I ("row" integer not null, verdict text not null, subject_id bigint, known bigint)',
        'verdict_' || batch);
    execute format('alter table intake_staging.%I set (autovacuum_enabled = false)', 'batch_' || batch);
    execute format('alter table intake_staging.%I set (autovacuum_enabled = false)', 'verdict_' || batch);
    execute format('grant select, insert, delete on intake_staging.%I to yizheng_serving, yizheng_job', 'batch_' || batch);
    execute format('grant select, insert, update, delete on intake_staging.%I to yizheng_serving, yizheng_job', 'verdict_' || batch);
end $$;

-- What is staged is known to the planner before it is asked.
create function intake_analyze_staging(batch bigint) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    execute format('analyze intake_staging.%I', 'batch_' || batch);
    execute format('create index on intake_staging.%I ("row")', 'verdict_' || batch);
    execute format('analyze intake_staging.%I', 'verdict_' || batch);
end $$;

revoke execute on function intake_analyze_staging(bigint) from public;
grant execute on function intake_analyze_staging(bigint) to yizheng_serving, yizheng_job;
