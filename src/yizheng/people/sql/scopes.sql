-- What the policies read. An unset or emptied setting is an empty array: no rows.
CREATE FUNCTION people_scopes() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(nullif(current_setting('yizheng.scopes', true), ''), '{}')::int[]
$$;
CREATE FUNCTION people_own_subjects() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(nullif(current_setting('yizheng.subjects', true), ''), '{}')::bigint[]
$$;
CREATE FUNCTION people_subjects() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT people_own_subjects()
        || ARRAY(SELECT subject_id FROM people_access WHERE scope_id = ANY (
               coalesce(nullif(current_setting('yizheng.access', true), ''), '{}')::int[]))
$$;
