drop index registry_change_in_flight;
drop trigger registry_change_settled on registry_change;
drop function registry_change_settled();
drop trigger registry_change_guard on registry_change;
drop function registry_change_guard();
drop function registry_settle(bigint);
drop function registry_await_settling(timestamptz);
drop function registry_ledger_key();
