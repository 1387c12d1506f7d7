-- The public entry of every doctor, the same row as publishing writes.
insert into disclosure_publicpractitioner (
    subject, register, token, name, name_key, institution_keys, practice_number, standing, standing_since, sex, level,
    category, place, authority, first_registered, stored_scopes, stored_main, stored_others, stored_periods,
    stored_milestones, stored_notes, refreshed)
select p.subject, 'doctor',
       translate(substr(md5('token' || p.number) || md5('n' || p.number), 1, 20), '01abcdef', '23ghjkmn'),
       p.name, n.folded, case when l.status = 'LEFT' then '' else l.folded end, l.practice_number, l.status,
       l.valid_from, case p.sex when '1' then '男' else '女' end, levels.name, categories.name,
       case when l.level = '1' then '北京市' else '北京市东城区' end, '北京市' || districts.name || '卫生健康委员会',
       l.first_practised_on, jsonb_build_array(jsonb_build_array(scopes.name, null)),
       case when l.status = 'LEFT' then null
            else jsonb_build_array(l.institution_id, l.house, l.valid_from, l.valid_to) end,
       '[]'::jsonb, h.periods, h.milestones, '[]'::jsonb, now()
from bench_person p
join bench_name n on n.name = p.name
cross join lateral (
    select r.*, b.name as house, b.folded, b.district as house_district
    from doctors_registration r join bench_house b on b.subject = r.institution_id
    where r.subject_id = p.subject and r.closed is null order by r.valid_from desc limit 1
) l
cross join lateral (
    select jsonb_agg(jsonb_build_array(r.status, r.valid_from, r.valid_to, b.name, jsonb_build_array(s.name))
                     order by r.valid_from) as periods,
           jsonb_agg(jsonb_build_array(r.valid_from, '变更主要执业机构：' || b.name) order by r.valid_from desc) as milestones
    from doctors_registration r join bench_house b on b.subject = r.institution_id
    join bench_code s on s.relation = 'practice_scope' and s.code = r.scopes[1]
    where r.subject_id = p.subject and r.closed is null
) h
join bench_code levels on levels.relation = 'practice_level' and levels.code = l.level
join bench_code categories on categories.relation = 'practice_category' and categories.code = l.category
join bench_code scopes on scopes.relation = 'practice_scope' and scopes.code = l.scopes[1]
join bench_code districts on districts.relation = 'district' and districts.code = l.house_district
where p.number >= %s and p.number < %s
