drop trigger registry_seal_guard on registry_seal;
drop function registry_seal_guard();
