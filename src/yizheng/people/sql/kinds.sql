-- An account's kind decides its roles; an administrator's account is an administrator's for good.
CREATE FUNCTION people_grant_fits_kind() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_kind text;
    fitting text := CASE NEW.role
        WHEN 'acceptor' THEN 'clerk' WHEN 'reviewer' THEN 'clerk' WHEN 'decider' THEN 'clerk'
        WHEN 'editor' THEN 'clerk' WHEN 'client_manager' THEN 'clerk' WHEN 'service_manager' THEN 'engineer'
        WHEN 'cohort_keeper' THEN 'clerk' WHEN 'cohort_admin' THEN 'clerk' WHEN 'cohort_statistician' THEN 'analyst'
        WHEN 'orthopaedist' THEN 'expert' WHEN 'respiratory' THEN 'expert' WHEN 'psychologist' THEN 'expert'
        WHEN 'infection_officer' THEN 'clerk' WHEN 'infection_nurse' THEN 'institution'
        WHEN 'infection_approver' THEN 'institution'
        WHEN 'institution_operator' THEN 'institution' ELSE NEW.role END;
BEGIN
    SELECT kind INTO its_kind FROM people_account WHERE id = NEW.account_id;
    IF its_kind IS DISTINCT FROM fitting THEN
        RAISE EXCEPTION 'an account of kind % may not hold the role %', its_kind, NEW.role
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_grant_fits_kind';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER people_grant_fits_kind BEFORE INSERT OR UPDATE ON people_grant
    FOR EACH ROW EXECUTE FUNCTION people_grant_fits_kind();
CREATE FUNCTION people_account_kind_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the kind of an account does not change'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'people_account_kind_stays';
END $$;
CREATE TRIGGER people_account_kind_stays BEFORE UPDATE OF kind ON people_account
    FOR EACH ROW WHEN (OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION people_account_kind_stays();
