-- Whether who acts works for the office and holds one of the roles there. Work that no account asked for (an alert that is
-- overdue) has no account; it sees the office's rows only while it acts for organisations.
CREATE FUNCTION sequelae_may(roles text[]) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT EXISTS (SELECT FROM people_scope WHERE code = 'sequelae' AND id = ANY (people_scopes()))
       AND (nullif(current_setting('yizheng.account', true), '') IS NULL
            OR EXISTS (SELECT FROM people_grant g JOIN people_scope s ON s.id = g.scope_id
                       WHERE g.account_id = nullif(current_setting('yizheng.account', true), '')::bigint
                         AND s.code = 'sequelae' AND g.revoked_at IS NULL AND g.role = ANY (roles)))
$$;
