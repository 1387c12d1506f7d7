drop function registry_positions();
drop function registry_uncovered(bigint, bigint, bigint);
drop function registry_orphans();
drop function registry_leaves(bigint, bigint, bigint);
drop trigger registry_seal_guard on registry_seal;
drop function registry_seal_guard();
