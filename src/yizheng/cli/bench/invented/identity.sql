-- The identity of every person, as a row a person with a number from the first to the last.
select subject as subject_id, 'identity' as line, birth as valid_from, date '9999-12-31' as valid_to,
       ((select array_agg(id order by id) from people_scope where kind = 'district'))[1 + number %% 16] as authority_scope, name, sex, birth as birth_date, '01' as ethnic_group,
       '156' as nationality, '' as photo
from bench_person where number >= %s and number < %s
