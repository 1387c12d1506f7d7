-- The education of every person.
select subject as subject_id, 'education:1' as line, birth + 8400 as valid_from, date '9999-12-31' as valid_to,
       ((select array_agg(id order by id) from people_scope where kind = 'district'))[1 + number %% 16] as authority_scope, '21' as level, '410' as degree,
       (array['华北示范医科大学', '燕山医学院', '永定河医科大学', '京南中医药大学'])[1 + number %% 4] as school,
       '临床医学' as major, 'full_time' as learning_form, birth + 8400 as graduated_on
from bench_person where number >= %s and number < %s
