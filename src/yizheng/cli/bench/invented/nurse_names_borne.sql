-- Who bears a name, under the authority of her registration as a nurse.
insert into people_searchname (subject_id, scope_id, person, name)
select r.subject_id, r.authority_scope, true, n.folded
from bench_person p join nurses_registration r on r.subject_id = p.subject and r.closed is null
join bench_name n on n.name = p.name
where p.number >= %s and p.number < %s
on conflict do nothing
