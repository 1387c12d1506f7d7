-- A seal stays as it is; that it was witnessed is noted once.
create function registry_seal_guard() returns trigger language plpgsql as $$
begin
    if old.witnessed_at is not null or new.witnessed_at is null then
        raise exception '封存 % 的见证只记一次', old.number using errcode = '23001';
    end if;
    old.witnessed_at := new.witnessed_at;
    if new *<> old then
        raise exception '封存 % 不得改动', old.number using errcode = '23001';
    end if;
    return new;
end $$;

create trigger registry_seal_guard before update on registry_seal
for each row execute function registry_seal_guard();

-- The leaves of all changes from one position to another, in the order in which they are hashed, under a schema of
-- digests. Part: 0 the change, 1 a subject it opened, 2 a version it opened, 3 a version it closed, 4 a basis,
-- 5 a kept line. `relation` counts the schema's tables by name. Digests only: a reader learns nothing of the rows,
-- therefore row policies may be passed by.
create function registry_leaves(schema_number bigint, first_position bigint, last_position bigint)
returns table ("position" bigint, part int, relation int, row_id bigint, digest bytea)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
set timezone = 'UTC' set datestyle = 'ISO, YMD' set intervalstyle = 'iso_8601' set extra_float_digits = 1
set bytea_output = 'hex' as $$
declare
    covered record;
    queries text[] := '{}';
    part int;
    owner_column text;
begin
    for covered in
        select key as name, (row_number() over (order by key collate "C") - 1)::int as number,
            (select string_agg(format($f$coalesce(length(r.%1$I::text) || ':' || r.%1$I::text, '-')$f$, value), ' || '
                               order by ordinality)
             from jsonb_array_elements_text(value) with ordinality) as content
        from registry_digestschema s, jsonb_each(s.columns) where s.id = schema_number
    loop
        part := case covered.name when 'registry_change' then 0 when 'registry_subject' then 1
                when 'registry_basis' then 4 when 'registry_keptline' then 5 else 2 end;
        owner_column := case part when 0 then 'id' when 4 then 'change_id' when 5 then 'change_id' else 'opened' end;
        queries := queries || format(
            $f$select c."position", %1$s, %2$s, r.id, sha256('\x00'::bytea || convert_to(%3$L || %4$s, 'UTF8'))
            from registry_change c join %5$I r on r.%6$I = c.id where c."position" between $1 and $2$f$,
            part, covered.number, part || covered.name || ':', covered.content, covered.name, owner_column);
        if part = 2 then
            queries := queries || format(
                $f$select c."position", 3, %1$s, r.id,
                   sha256('\x00'::bytea || convert_to(%2$L || r.id || ':' || r.closed, 'UTF8'))
                from registry_change c join %3$I r on r.closed = c.id where c."position" between $1 and $2$f$,
                covered.number, '3' || covered.name || ':', covered.name);
        end if;
    end loop;
    return query execute array_to_string(queries, ' union all ') || ' order by 1, 2, 3, 4'
        using first_position, last_position;
end $$;

-- Rows whose change does not exist or never took a position: written past the program, or left by a cut.
-- `fact_column` says which reference is broken.
create function registry_orphans() returns table (relation name, row_id bigint, fact_column text, change bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    place record;
begin
    for place in
        select t as name, u as reference from registry_fact_tables() t, unnest(array['opened', 'closed']) u
        union all values ('registry_subject', 'opened'), ('registry_basis', 'change_id'), ('registry_keptline', 'change_id')
    loop
        return query execute format(
            $f$select %1$L::name, r.id, %2$L::text, r.%2$I from %1$I r where r.%2$I is not null
               and not exists (select from registry_change c where c.id = r.%2$I and c."position" is not null)
               order by r.id$f$, place.name, place.reference);
    end loop;
end $$;

-- Versions of tables that did not exist when the positions were sealed: nothing known then can be in them.
create function registry_uncovered(schema_number bigint, first_position bigint, last_position bigint)
returns table (relation name, row_id bigint, "position" bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    fact_table name;
begin
    for fact_table in
        select t from registry_fact_tables() t
        where not exists (select from registry_digestschema s where s.id = schema_number and s.columns ? t::text)
    loop
        return query execute format(
            $f$select %1$L::name, r.id, c."position" from %1$I r join registry_change c on c.id in (r.opened, r.closed)
               where c."position" between $1 and $2 order by r.id$f$, fact_table)
            using first_position, last_position;
    end loop;
end $$;

-- Positions there are, and the highest one: they are equal unless one in between is gone.
create function registry_positions() returns table (counted bigint, highest bigint) language sql stable as $$
    select count(*), coalesce(max("position"), 0) from registry_change where "position" is not null
$$;
