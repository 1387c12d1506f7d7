drop trigger documents_ends_once on documents_instrument;
drop trigger documents_ends_once on documents_certificate;
drop function documents_ends_once();
drop trigger documents_counter_rises on documents_counter;
drop function documents_counter_rises();
