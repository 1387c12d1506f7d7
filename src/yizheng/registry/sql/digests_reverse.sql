drop function registry_digests(bigint, int, int, bigint, bigint, int, int, int);
drop function registry_digest_work(bigint, bigint, bigint, int);
drop function registry_digest_parts(bigint);
drop function registry_digest_columns();
