-- A seal stays as it is; that it was witnessed is noted once.
create function registry_seal_guard() returns trigger language plpgsql as $$
begin
    if old.witnessed_at is not null or new.witnessed_at is null then
        raise exception '封存 % 的见证只记一次', old.number using errcode = '23001';
    end if;
    old.witnessed_at := new.witnessed_at;
    if new *<> old then
        raise exception '封存 % 不得改动', old.number using errcode = '23001';
    end if;
    return new;
end $$;

create trigger registry_seal_guard before update on registry_seal
for each row execute function registry_seal_guard();
