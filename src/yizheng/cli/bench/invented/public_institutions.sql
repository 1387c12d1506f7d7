-- The public entry of every institution.
insert into disclosure_publicinstitution (
    subject, register, token, name, category, district, authority, in_force, valid_from, refreshed, name_key, number,
    state, state_detail, district_code, category_code, status, numbers, subject_codes, stored_notes, stored_subjects,
    stored_penalties)
select subject, 'institution', translate(substr(md5('house' || number), 1, 20), '01abcdef', '23ghjkmn'), name, '综合医院',
       district, '北京市卫生健康委员会', true, date '2000-01-01', now(), lower(name),
       '', '有效', '', district, 'A100', 'active', '{}', array['03', '04', '05'], '[]', '[]', '[]'
from bench_house
