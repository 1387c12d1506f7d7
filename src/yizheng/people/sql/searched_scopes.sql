-- Whoever is searched by name is searched in a scope there is, asked once a statement; a scope that the search names is neither
-- removed nor renumbered.
CREATE FUNCTION people_searched_scopes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT scope_id FROM written_rows) w
        WHERE NOT EXISTS (SELECT FROM people_scope s WHERE s.id = w.scope_id)
    ) THEN
        RAISE EXCEPTION 'a search key names a scope that does not exist'
            USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER people_searched_scopes AFTER INSERT ON people_searchname REFERENCING NEW TABLE AS written_rows
    FOR EACH STATEMENT EXECUTE FUNCTION people_searched_scopes();
CREATE TRIGGER people_still_searched_scopes AFTER UPDATE ON people_searchname REFERENCING NEW TABLE AS written_rows
    FOR EACH STATEMENT EXECUTE FUNCTION people_searched_scopes();
CREATE FUNCTION people_scope_is_searched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM people_searchname WHERE scope_id = OLD.id) THEN
        RAISE EXCEPTION 'scope % has search keys', OLD.id
            USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER people_scope_is_searched AFTER DELETE OR UPDATE OF id ON people_scope
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION people_scope_is_searched();
