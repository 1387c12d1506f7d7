alter table registry_subject reset (fillfactor);
drop trigger registry_subject_opened on registry_subject;
drop function registry_subject_opened();
drop trigger registry_subject_guard on registry_subject;
drop function registry_subject_guard();
