-- Staging: a table a batch, made and dropped by functions that run with the rights of their owner, so that the
-- serving role needs no right to make tables. Names and types are checked; nothing else of the caller's reaches SQL.

create schema intake_staging;
grant usage on schema intake_staging to yizheng_serving, yizheng_job;

-- Whoever sees the batch sees what is staged of it. COPY does not write where row security is on, so a table of rows gets its
-- policy when it is filled; all of it happens in the one transaction that checks the file.
create function intake_seen_with_its_batch(staged text, batch bigint) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    execute format('alter table intake_staging.%I enable row level security', staged);
    execute format('create policy seen_with_its_batch on intake_staging.%I using (exists (select from public.intake_batch where id = %s))',
        staged, batch);
end $$;
revoke execute on function intake_seen_with_its_batch(text, bigint) from public;

create function intake_make_staging(batch bigint, names text[], types text[]) returns void
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
        'create table intake_staging.%I ("row" integer not null, verdict text not null, subject_id bigint, known bigint, differs boolean not null)',
        'verdict_' || batch);
    execute format('alter table intake_staging.%I set (autovacuum_enabled = false)', 'batch_' || batch);
    execute format('alter table intake_staging.%I set (autovacuum_enabled = false)', 'verdict_' || batch);
    execute format('grant select, insert, delete on intake_staging.%I to yizheng_serving, yizheng_job', 'batch_' || batch);
    execute format('grant select, insert, update, delete on intake_staging.%I to yizheng_serving, yizheng_job', 'verdict_' || batch);
    perform intake_seen_with_its_batch('verdict_' || batch, batch);
end $$;

create function intake_drop_staging(batch bigint) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    execute format('drop table if exists intake_staging.%I, intake_staging.%I', 'batch_' || batch, 'verdict_' || batch);
end $$;

-- What is staged is known to the planner before it is asked, and so are the verdicts; a few thousand
-- rows tell it enough.
create function intake_analyze_staging(batch bigint) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set default_statistics_target = 10 as $$
begin
    execute format('analyze intake_staging.%I', 'batch_' || batch);
    perform intake_seen_with_its_batch('batch_' || batch, batch);
end $$;

create function intake_analyze_verdicts(batch bigint) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set default_statistics_target = 10 as $$
begin
    execute format('analyze intake_staging.%I', 'verdict_' || batch);
end $$;

revoke execute on function intake_make_staging(bigint, text[], text[]), intake_drop_staging(bigint), intake_analyze_staging(bigint),
    intake_analyze_verdicts(bigint) from public;
grant execute on function intake_make_staging(bigint, text[], text[]), intake_drop_staging(bigint), intake_analyze_staging(bigint),
    intake_analyze_verdicts(bigint) to yizheng_serving, yizheng_job;
