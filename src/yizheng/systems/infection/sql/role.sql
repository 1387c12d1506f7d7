-- Whether who acts holds a role of infection control. Work that no account asked for (detection by night, a package of a
-- hospital's own system, an approved key) has no account; it sees what its scope opens.
CREATE FUNCTION infection_may() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('yizheng.account', true), '') IS NULL
        OR EXISTS (SELECT FROM people_grant
                   WHERE account_id = nullif(current_setting('yizheng.account', true), '')::bigint AND revoked_at IS NULL
                     AND role IN ('infection_nurse', 'infection_approver', 'infection_officer'))
$$;
