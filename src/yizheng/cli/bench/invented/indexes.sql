-- The secondary indexes of a table, with their definitions.
select i.relname, coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(x.indexrelid)), c.oid is not null
from pg_index x join pg_class i on i.oid = x.indexrelid
left join pg_constraint c on c.conindid = x.indexrelid and c.contype in ('u', 'p') and c.conrelid = x.indrelid
where x.indrelid = %s::regclass and not x.indisprimary
