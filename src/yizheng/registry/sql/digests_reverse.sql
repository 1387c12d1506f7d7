drop function registry_digests(bigint, int, int, bigint, bigint, int, int, int);
drop function registry_digest_work(bigint, bigint, bigint, int);
drop function registry_digest_parts(bigint);
create or replace function registry_digest_columns() returns jsonb
language sql stable as $$
    select jsonb_object_agg(columns.relname, columns.names) from (
        select c.relname, jsonb_agg(a.attname order by a.attname collate "C") as names
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and a.attname not in ('closed', 'revision')
          and c.relname in (
              select registry_fact_tables() union all
              values ('registry_change'), ('registry_subject'), ('registry_basis'), ('registry_keptline')
          )
        group by c.relname
    ) columns
$$;
