DROP TRIGGER people_scope_is_searched ON people_scope;
DROP FUNCTION people_scope_is_searched();
DROP TRIGGER people_still_searched_scopes ON {table};
DROP TRIGGER people_searched_scopes ON {table};
DROP FUNCTION people_searched_scopes();
