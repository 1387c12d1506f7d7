drop function intake_analyze_verdicts(bigint);
drop function intake_analyze_staging(bigint);
drop function intake_make_staging(bigint, text[], text[]);
drop function intake_drop_staging(bigint);
drop function intake_seen_with_its_batch(text, bigint);
drop schema intake_staging cascade;
