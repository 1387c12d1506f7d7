-- That a subject exists is asked once a statement: a foreign key asks once a row, at commit, and locks each subject. No
-- subject is ever removed or renumbered, so a reference that was right when it was written stays right.
-- All rows are asked at once: whoever asks for the first missing one makes the planner look rows up one by one.
create function registry_subjects_exist() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    first bigint;
    last bigint;
    missing bigint;
begin
    select min(subject_id), max(subject_id) into first, last from written_rows;
    if first is null then
        return null;
    end if;
    execute format(
        'select min(w.subject_id) from written_rows w
         where not exists (select from registry_subject s where s.id = w.subject_id and s.id between %s and %s)',
        first, last) into missing;
    if missing is not null then
        raise exception '主体 % 不存在', missing using errcode = '23503', table = tg_table_name;
    end if;
    return null;
end $$;
