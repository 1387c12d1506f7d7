-- Digests of the second encoding: a leaf is SHA-256 over record_send(row(name, columns…)), the values in the form in
-- which PostgreSQL sends them (docs/digests.md tells it byte by byte). It names types by number, so only types that
-- have the same number everywhere may be columns of the register.

-- What a digest made now covers: name and type of every column of the ledger's and the facts' tables as they are now,
-- but `closed` (its own leaf) and `revision` (a counter of the lock). Types that may widen are written as the widest,
-- so that widening a column leaves its digests as they are.
create function registry_digest_columns() returns jsonb
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
    found jsonb;
    unknown text;
begin
    select jsonb_object_agg(tables.name, tables.columns), min(tables.unknown) into found, unknown from (
        select c.relname as name,
               jsonb_agg(jsonb_build_array(a.attname, covered.type) order by a.attname collate "C") as columns,
               min(c.relname || '.' || a.attname || ' ' || declared.type) filter (where covered.type is null) as unknown
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        cross join lateral (values (format_type(a.atttypid, null))) as declared (type)
        left join (values
            ('smallint', 'bigint'), ('integer', 'bigint'), ('bigint', 'bigint'),
            ('character varying', 'text'), ('text', 'text'),
            ('boolean', 'boolean'), ('date', 'date'), ('timestamp with time zone', 'timestamp with time zone'),
            ('numeric', 'numeric'), ('uuid', 'uuid'), ('bytea', 'bytea'), ('jsonb', 'jsonb'), ('daterange', 'daterange'),
            ('character varying[]', 'text[]'), ('text[]', 'text[]'),
            ('integer[]', 'bigint[]'), ('bigint[]', 'bigint[]')
        ) as covered (declared, type) on covered.declared = declared.type
        where c.relnamespace = 'public'::regnamespace and a.attname not in ('closed', 'revision')
          and c.relname in (
              select registry_fact_tables() union all
              values ('registry_change'), ('registry_subject'), ('registry_basis'), ('registry_keptline')
          )
        group by c.relname
    ) tables;
    if unknown is not null then
        raise exception '摘要方案没有说明列 % 的类型如何编码', unknown using errcode = '0A000';
    end if;
    return found;
end $$;

-- Where a part's rows stand: the column that names their change. Parts: 0 the change, 1 a subject it opened, 2 a version
-- it opened, 3 a version it closed, 4 a basis, 5 a kept line.
create function registry_digest_parts(schema_number bigint)
returns table (relation int, part int, name text, change_column text, record_sent text)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select covered.relation, place.part, covered.name, place.change_column,
        case place.part
            when 3 then format('row(%L::text, r.id::bigint, r.closed::bigint)', covered.name || '.closed')
            else format('row(%L::text, %s)', covered.name, covered.content) end
    from (
        select (row_number() over (order by key collate "C") - 1)::int as relation, key as name,
            (select string_agg(format('r.%I::%s', pair ->> 0, pair ->> 1), ', ' order by ordinality)
             from jsonb_array_elements(value) with ordinality as pairs (pair, ordinality)) as content
        from registry_digestschema s, jsonb_each(s.columns) where s.id = schema_number and s.encoding = 2
    ) covered
    join (values (0, 'registry_change', 'id'), (1, 'registry_subject', 'opened'), (2, null, 'opened'), (3, null, 'closed'),
                 (4, 'registry_basis', 'change_id'), (5, 'registry_keptline', 'change_id')
    ) as place (part, table_name, change_column)
      on place.table_name = covered.name or (place.table_name is null and covered.name not in (
          'registry_change', 'registry_subject', 'registry_basis', 'registry_keptline'))
    order by 1, 2
$$;

-- Which parts of which tables the changes from one position to another touched, in the order in which they are hashed,
-- and how many rows, counted up to `most`.
create function registry_digest_work(schema_number bigint, first_position bigint, last_position bigint, most int)
returns table (relation int, part int, counted bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    lowest bigint;
    highest bigint;
    place record;
begin
    select min(c.id), max(c.id) into lowest, highest
    from registry_change c where c."position" between first_position and last_position;
    for place in select * from registry_digest_parts(schema_number) loop
        relation := place.relation;
        part := place.part;
        execute format(
            $f$select count(*) from (select from registry_change c join %1$I r on r.%2$I = c.id
               where c."position" between $1 and $2 and r.%2$I between $3 and $4 limit $5) few$f$,
            place.name, place.change_column)
            into counted using first_position, last_position, lowest, highest, most;
        if counted > 0 then
            return next;
        end if;
    end loop;
end $$;

-- The leaves of one part of one table, in runs: ids and digests of up to `run_length` rows of one change, each one after
-- the other, in the order in which they are hashed. Of so many `shares` one share is given, so that several connections
-- can hash side by side; parallel workers, which would send text in the database's own encoding, take no part. Digests
-- only: a reader learns nothing of the rows, therefore row policies may be passed by.
create function registry_digests(
    schema_number bigint, asked_relation int, asked_part int, first_position bigint, last_position bigint, run_length int,
    share int, shares int)
returns table ("position" bigint, ids bytea, digests bytea)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
set client_encoding = 'UTF8' set max_parallel_workers_per_gather = 0 as $$
declare
    lowest bigint;
    highest bigint;
    place record;
begin
    select min(c.id), max(c.id) into lowest, highest
    from registry_change c where c."position" between first_position and last_position;
    select * into strict place from registry_digest_parts(schema_number) p
    where p.relation = asked_relation and p.part = asked_part;
    return query execute format(
        $f$select x."position", string_agg(int8send(x.id), '' order by x.id), string_agg(x.digest, '' order by x.id)
           from (
               select c."position", r.id, sha256(record_send(%1$s)) as digest
               from registry_change c join %2$I r on r.%3$I = c.id
               where c."position" between $1 and $2 and r.%3$I between $3 and $4 and r.id / $5 %% $7 = $6 offset 0
           ) x
           group by x."position", x.id / $5 order by x."position", x.id / $5$f$,
        place.record_sent, place.name, place.change_column)
        using first_position, last_position, lowest, highest, run_length, share, shares;
end $$;
