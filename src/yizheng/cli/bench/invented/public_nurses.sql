-- The public entry of a nurse for each of these people, the same row as publishing writes.
insert into disclosure_publicpractitioner (
    subject, register, token, name, name_key, institution_keys, practice_number, standing, standing_since, sex, level,
    category, place, authority, first_registered, stored_scopes, stored_main, stored_others, stored_periods,
    stored_milestones, stored_notes, refreshed)
select p.subject, 'nurse',
       translate(substr(md5('nurse' || p.number) || md5('m' || p.number), 1, 20), '01abcdef', '23ghjkmn'),
       p.name, n.folded, b.folded, '2024' || lpad(p.number::text, 8, '0'), 'REG', date '2024-01-01',
       case p.sex when '1' then '男' else '女' end, '', '', '北京市', '北京市卫生健康委员会', date '2024-01-01', '[]'::jsonb,
       jsonb_build_array(b.subject, b.name, date '2024-01-01', date '9999-12-31'), '[]'::jsonb,
       jsonb_build_array(
           jsonb_build_array('REG', date '2024-01-01', date '2029-01-01', b.name, '[]'::jsonb),
           jsonb_build_array('EXPIRED', date '2029-01-01', date '9999-12-31', b.name, '[]'::jsonb)),
       jsonb_build_array(jsonb_build_array(date '2024-01-01', '首次注册：' || b.name)),
       jsonb_build_array(jsonb_build_array('注册有效期至', '2028年12月31日')), now()
from bench_person p
join bench_name n on n.name = p.name
join bench_house b on b.number = p.number %% %s
where p.number >= %s and p.number < %s
