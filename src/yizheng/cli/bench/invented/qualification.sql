-- The qualification of every person.
select subject as subject_id, 'qualification:1' as line, birth + 9100 as valid_from, date '9999-12-31' as valid_to,
       ((select array_agg(id order by id) from people_scope where kind = 'district'))[1 + number %% 16] as authority_scope, case when number %% 8 = 0 then '2' else '1' end as level,
       (array['clinical', 'clinical', 'clinical', 'tcm', 'stomatology'])[1 + number %% 5] as category,
       birth + 9100 as qualified_on, '北京市卫生健康委员会' as issuer, 'exam' as way, name as holder_name
from bench_person where number >= %s and number < %s
