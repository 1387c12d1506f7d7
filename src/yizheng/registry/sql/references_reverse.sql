drop function registry_subjects_exist();
