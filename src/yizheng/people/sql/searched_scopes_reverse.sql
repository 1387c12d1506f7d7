DROP TRIGGER people_scope_is_searched ON people_scope;
DROP FUNCTION people_scope_is_searched();
DROP TRIGGER people_still_searched_scopes ON people_searchname;
DROP TRIGGER people_searched_scopes ON people_searchname;
DROP FUNCTION people_searched_scopes();
