-- The registration of every nurse: institutions, first and last number. A third were renewed; few institutions are large.
select p.subject as subject_id, 'registration' as line, date '2024-01-01' as valid_from, date '9999-12-31' as valid_to,
       h.scope as authority_scope, '2024' || lpad(p.number::text, 8, '0') as number, h.subject as institution_id,
       (array['内科', '外科', '急诊科', '手术室', '儿科'])[1 + p.number %% 5] as department, 'clinical' as work_kind,
       date '2024-01-01' - case when p.number %% 3 = 0 then 1827 else 0 end as registered_on,
       date '2024-01-01' as term_from, date '2028-12-31' as term_to,
       case when p.number %% 29 = 0 then 'ANNULLED' else 'REG' end as status, '' as reason
from bench_person p join bench_house h
  on h.number = floor(%s * power(((p.number::bigint * 48271) %% 1000003) / 1000003.0, 3))::int
where p.number >= %s and p.number < %s
