-- One statement of the registration of every doctor: turn, turn, last, last, institutions, shift, first and last number.
-- Few institutions are large and many small: the share of a number is cubed.
select p.subject as subject_id,
       'registration:' || case when p.number %% 8 = 0 then '2:110101' else '1:110000' end as line,
       p.birth + 9500 + %s * 900 as valid_from, date '9999-12-31' as valid_to, h.scope as authority_scope,
       case when p.number %% 8 = 0 then '2' else '1' end || '10' || (110101 + p.number / 1000000)::text
           || lpad((p.number %% 1000000)::text, 6, '0') as practice_number,
       case when p.number %% 8 = 0 then '2' else '1' end as level,
       (array['clinical', 'clinical', 'clinical', 'tcm', 'stomatology'])[1 + p.number %% 5] as category,
       array[(array['11', '12', '13', '14', '21'])[1 + p.number %% 5]] as scopes,
       case when p.number %% 8 = 0 then '110101' else '110000' end as place, h.subject as institution_id,
       (array['内科', '外科', '妇产科', '儿科', '急诊科'])[1 + (p.number + %s) %% 5] as department,
       'contract' as employment,
       case when %s and p.number %% 23 = 0 then 'DEREG' when %s and p.number %% 97 = 0 then 'LEFT' else 'REG' end as status,
       '' as reason, p.birth + 9500 as issued_on, p.birth + 9500 as first_practised_on, true as is_primary, '' as remark
from bench_person p join bench_house h
  on h.number = floor(%s * power(((p.number::bigint * 48271 + %s * 7919) %% 1000003) / 1000003.0, 3))::int
where p.number >= %s and p.number < %s
