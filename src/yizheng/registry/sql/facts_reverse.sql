drop function registry_versions_touched(bigint);
drop function registry_fact_tables();
drop function registry_refuse();
drop function registry_fact_closed();
drop function registry_fact_guard();
drop function registry_fact_opened();
