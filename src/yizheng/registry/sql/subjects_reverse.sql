alter table registry_subject reset (fillfactor);
drop trigger registry_subject_opened on registry_subject;
drop function registry_subject_opened();
drop trigger registry_subject_guard on registry_subject;

create or replace function registry_subject_guard() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if (new.id, new.kind, new.opened) is distinct from (old.id, old.kind, old.opened) then
            raise exception '主体 % 不得改动', old.id using errcode = '23001';
        end if;
    elsif not exists (select from registry_change where id = new.opened and "position" is null) then
        raise exception '主体须由本事务中尚未入册的变更建立' using errcode = '23001';
    end if;
    return new;
end $$;

create trigger registry_subject_guard before insert or update on registry_subject
for each row execute function registry_subject_guard();
