-- The keys under which each distinct name is found.
insert into people_namekey (person, kind, key, name)
select true, k.kind, k.key, n.folded
from bench_name n cross join lateral (
    values ('name', n.folded), ('pinyin', n.pinyin), ('initials', n.initials)
    union
    select 'bigram', substr(n.folded, g, 2) from generate_series(1, length(n.folded) - 1) g
) k (kind, key)
where not exists (select from people_namekey known where known.person and known.kind = 'name' and known.key = n.folded)
order by k.kind, k.key, n.folded
