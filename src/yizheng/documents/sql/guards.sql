-- A counter never goes back; a document ends once, with its day and reason, and does not come back.

create function documents_counter_rises() returns trigger language plpgsql as $$
begin
    if new.series is distinct from old.series or new.key is distinct from old.key or new.last < old.last then
        raise exception 'a counter only rises' using errcode = 'check_violation', constraint = 'documents_counter_rises';
    end if;
    return new;
end $$;
create trigger documents_counter_rises before update on documents_counter
    for each row execute function documents_counter_rises();

create function documents_ends_once() returns trigger language plpgsql as $$
begin
    if old.status <> 'valid' or new.status = 'valid' or new.ended_on is null or new.ending = '' then
        raise exception 'a document ends once, with its day and reason'
            using errcode = 'check_violation', constraint = 'documents_ends_once';
    end if;
    return new;
end $$;
create trigger documents_ends_once before update on documents_certificate
    for each row execute function documents_ends_once();
create trigger documents_ends_once before update on documents_instrument
    for each row execute function documents_ends_once();
