DROP TRIGGER people_account_kind_stays ON people_account;
DROP FUNCTION people_account_kind_stays();
DROP TRIGGER people_grant_fits_kind ON people_grant;
DROP FUNCTION people_grant_fits_kind();
