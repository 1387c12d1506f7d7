-- What guards subjects, asked once a statement: a load opens a million of them and counts up the revision of as many.
create function registry_subject_guard() returns trigger language plpgsql as $$
begin
    raise exception '主体 % 不得改动', old.id using errcode = '23001';
end $$;

create trigger registry_subject_guard before update on registry_subject for each row
when (new.id <> old.id or new.kind <> old.kind or new.opened <> old.opened)
execute function registry_subject_guard();

-- A subject is opened by the change at work.
create function registry_subject_opened() returns trigger language plpgsql as $$
begin
    if exists (
        select from (select distinct opened from opened_rows) o
        where not exists (select from registry_change c where c.id = o.opened and c."position" is null)
    ) then
        raise exception '主体须由本事务中尚未入册的变更建立' using errcode = '23001';
    end if;
    return null;
end $$;

create trigger registry_subject_opened after insert on registry_subject referencing new table as opened_rows
for each statement execute function registry_subject_opened();

-- Room on each page, so that counting up a revision stays on it and writes no index.
alter table registry_subject set (fillfactor = 70);
