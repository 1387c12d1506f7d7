-- The order of changes. registry_settle runs with the rights of its owner: the serving role takes a position
-- through it and has no other way to write one.

-- The key of the one lock under which positions are taken.
create function registry_ledger_key() returns bigint language sql immutable parallel safe as $$ select 726463747001 $$;

-- Wait until no change that may bear a time up to this moment is between taking its position and committing.
create function registry_await_settling(moment timestamptz) returns void
language plpgsql as $$
begin
    if exists (select from registry_change where settled > moment) then
        return;
    end if;
    perform pg_advisory_lock_shared(registry_ledger_key());
    perform pg_advisory_unlock_shared(registry_ledger_key());
end $$;

-- Take the next position: the last act of a change, under one lock held until commit. A change that a later one
-- has overtaken remembers the position that did so first: between the two it was in flight.
create function registry_settle(change bigint)
returns table (taken bigint, at timestamptz)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    last registry_change;
    overtaker bigint;
begin
    perform pg_advisory_xact_lock(registry_ledger_key());
    select * into last from registry_change where "position" is not null order by "position" desc limit 1;
    if last.high > change then
        select min(later."position") into overtaker
        from (select c."position" from registry_change c where c.id > change and c."position" is not null offset 0) later;
    end if;
    return query
        update registry_change c
        set "position" = coalesce(last."position", 0) + 1,
            settled = greatest(clock_timestamp(), last.settled + interval '1 microsecond'),
            high = greatest(c.id, last.high),
            overtaken = overtaker
        where c.id = change and c."position" is null
        returning c."position", c.settled;
    if not found then
        raise exception '变更 % 不存在或已入册', change using errcode = '55000';
    end if;
end $$;

-- A change begins without a position and is written again only to take it.
create function registry_change_guard() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if (new."position", new.settled, new.high, new.overtaken) is distinct from (null, null, null, null) then
            raise exception '序位只能在变更入册时取得' using errcode = '23001';
        end if;
        return new;
    end if;
    if old."position" is not null or new."position" is null then
        raise exception '变更 % 已入册，不得改动', old.id using errcode = '23001';
    end if;
    old."position" := new."position";
    old.settled := new.settled;
    old.high := new.high;
    old.overtaken := new.overtaken;
    if new *<> old then
        raise exception '变更 % 只能追加，不得改动', old.id using errcode = '23001';
    end if;
    return new;
end $$;

create trigger registry_change_guard before insert or update on registry_change
for each row execute function registry_change_guard();

-- Nothing commits without a position.
create function registry_change_settled() returns trigger language plpgsql as $$
begin
    if exists (select from registry_change where id = new.id and "position" is null) then
        raise exception '变更 % 尚未入册，不能提交', new.id using errcode = '23514';
    end if;
    return null;
end $$;

create constraint trigger registry_change_settled after insert on registry_change
deferrable initially deferred for each row execute function registry_change_settled();

create index registry_change_in_flight on registry_change using gist (int8range(overtaken, "position"))
where overtaken is not null;

revoke execute on function registry_settle(bigint) from public;
grant execute on function registry_settle(bigint) to yizheng_serving, yizheng_job;
