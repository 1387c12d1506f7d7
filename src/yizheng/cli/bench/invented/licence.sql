-- The licence of every institution.
select h.subject as subject_id, %s as line, date '1996-01-01' + (h.number * 37 %% 7000) as valid_from,
       date '9999-12-31' as valid_to, h.scope as authority_scope, 'licensed' as kind, h.name,
       'PDY' || lpad(h.number::text, 8, '0') || h.district || 'A1001' as registration_number, '' as filing_number, '' as uscc,
       'A100' as category, (h.number %% 3 + 1)::text as level, '2' as grade, '1' as ownership, '11' as economic_type,
       '1' as business_nature, '50' as affiliation, array['03', '04', '05'] as subjects, array['1'] as service_objects,
       array['1', '3'] as service_modes, (h.number * 13 %% 400)::smallint as beds, 0::smallint as dental_chairs,
       0::smallint as observation_beds, h.district, '北京市示范路' || h.number || '号' as address, '' as postcode, 'active' as status
from bench_house h where h.number >= %s and h.number < %s
