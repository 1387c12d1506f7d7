DROP FUNCTION people_scopes(), people_subjects(), people_own_subjects();
