"""Migration operations: the functions policies read, and the policy of a table.

A policy compares scopes with an array and subjects with a hash table, both read once a query, never a function or a
join per row, and uses only leak-proof operators (B-tree equality), so the columns' indexes serve under it.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class RowSecurity(Operation):
    """Only rows of the acting scopes or subjects can be read or written by a role that does not own the table.

    ``scope_column`` names one column or several (any of them opens the row); ``subject_column`` may be None.
    With ``subject_may_write=False`` a person or institution sees its rows but cannot make or change them; with
    ``opened_by_access=False`` only the subject itself sees them, not the scopes an ``Access`` row opens it to.
    The owner, who migrates, is not bound: the policy is not forced.
    """

    reversible = True

    def __init__(
        self,
        table: str,
        scope_column: str | Sequence[str] = "authority_scope",
        subject_column: str | None = "subject_id",
        subject_may_write: bool = True,
        opened_by_access: bool = True,
    ) -> None:
        self.table = table
        self.scope_column = scope_column
        self.subject_column = subject_column
        self.subject_may_write = subject_may_write
        self.opened_by_access = opened_by_access

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """How the operation is written into a migration."""
        named = {
            "scope_column": self.scope_column,
            "subject_column": self.subject_column,
            "subject_may_write": self.subject_may_write,
            "opened_by_access": self.opened_by_access,
        }
        return (type(self).__qualname__, [self.table], named)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Models do not change."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Switch row security on and make the policy."""
        quote = schema_editor.quote_name
        table = quote(self.table)
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(
            f"CREATE POLICY {quote(self._policy)} ON {table} "
            f"USING ({self._condition(quote, True)}) WITH CHECK ({self._condition(quote, self.subject_may_write)})"
        )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Remove the policy and switch row security off."""
        quote = schema_editor.quote_name
        schema_editor.execute(f"DROP POLICY {quote(self._policy)} ON {quote(self.table)}")
        schema_editor.execute(f"ALTER TABLE {quote(self.table)} DISABLE ROW LEVEL SECURITY")

    def describe(self) -> str:
        """One line for the log of migrations."""
        return f"Row security on {self.table}"

    @property
    def _policy(self) -> str:
        return f"{self.table}_scope"

    def _condition(self, quote: Any, with_subject: bool) -> str:
        columns = [self.scope_column] if isinstance(self.scope_column, str) else self.scope_column
        parts = [f"{quote(column)} = ANY ((SELECT people_scopes())::int[])" for column in columns]
        if self.subject_column and with_subject:
            subjects = "people_subjects" if self.opened_by_access else "people_own_subjects"
            parts.append(f"{quote(self.subject_column)} IN (SELECT unnest((SELECT {subjects}())))")
        return " OR ".join(parts)


class SeenWith(Operation):
    """Whoever sees the row of ``parent`` that ``column`` names sees the rows of the table, and nobody else does.

    With ``few_parents`` the visible parents are read once a statement instead of once a row.
    """

    reversible = True

    def __init__(self, table: str, column: str, parent: str, few_parents: bool = False) -> None:
        self.table = table
        self.column = column
        self.parent = parent
        self.few_parents = few_parents

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """How the operation is written into a migration."""
        named = {"few_parents": True} if self.few_parents else {}
        return (type(self).__qualname__, [self.table, self.column, self.parent], named)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Models do not change."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Switch row security on and make the policy."""
        condition = (
            f"{self.column} IN (SELECT id FROM {self.parent})"  # noqa: S608 - names written in migrations
            if self.few_parents
            else f"EXISTS (SELECT FROM {self.parent} WHERE {self.parent}.id = {self.column})"
        )
        schema_editor.execute(f"ALTER TABLE {self.table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(f"CREATE POLICY {self._policy} ON {self.table} USING ({condition})")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Remove the policy and switch row security off."""
        schema_editor.execute(f"DROP POLICY {self._policy} ON {self.table}")
        schema_editor.execute(f"ALTER TABLE {self.table} DISABLE ROW LEVEL SECURITY")

    def describe(self) -> str:
        """One line for the log of migrations."""
        return f"Rows of {self.table} are seen with {self.parent}"

    @property
    def _policy(self) -> str:
        return f"{self.table}_seen_with"


#: What the policies read. An unset or emptied setting is an empty array: no rows.
SCOPE_FUNCTIONS = """
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
"""

DROP_SCOPE_FUNCTIONS = "DROP FUNCTION people_scopes(), people_subjects(), people_own_subjects();"

#: Brings policies that compared each row with the whole list of subjects, one by one, to how ``RowSecurity`` makes them now.
SUBJECTS_HASHED = r"""
DO $do$
DECLARE
    policy record;
    listed constant text := '(\w+) = ANY \(\( SELECT (people_\w*subjects)\(\) AS \w+\)(?:::bigint\[\])?\)';
    hashed constant text := '\1 IN (SELECT unnest((SELECT \2())))';
BEGIN
    FOR policy IN SELECT * FROM pg_policies WHERE schemaname = 'public' AND qual ~ listed LOOP
        EXECUTE format('ALTER POLICY %I ON %I USING (%s)', policy.policyname, policy.tablename,
            regexp_replace(policy.qual, listed, hashed, 'g'));
        IF policy.with_check ~ listed THEN
            EXECUTE format('ALTER POLICY %I ON %I WITH CHECK (%s)', policy.policyname, policy.tablename,
                regexp_replace(policy.with_check, listed, hashed, 'g'));
        END IF;
    END LOOP;
END $do$
"""

#: An account's kind decides its roles; an administrator's account is an administrator's for good.
KIND_GUARDS = """
CREATE FUNCTION people_grant_fits_kind() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_kind text;
    fitting text := CASE NEW.role
        WHEN 'acceptor' THEN 'clerk' WHEN 'reviewer' THEN 'clerk' WHEN 'decider' THEN 'clerk'
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
"""

DROP_KIND_GUARDS = """
DROP TRIGGER people_account_kind_stays ON people_account;
DROP FUNCTION people_account_kind_stays();
DROP TRIGGER people_grant_fits_kind ON people_grant;
DROP FUNCTION people_grant_fits_kind();
"""


def searched_scopes(table: str) -> tuple[str, str]:
    """SQL by which a table of the search names scopes there are, asked once a statement, and SQL that takes it back.

    A scope that the table names is neither removed nor renumbered. Only one table is guarded so at a time.
    """
    return _SEARCHED_SCOPES.format(table=table), _UNSEARCHED_SCOPES.format(table=table)


_SEARCHED_SCOPES = """
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
CREATE TRIGGER people_searched_scopes AFTER INSERT ON {table} REFERENCING NEW TABLE AS written_rows
    FOR EACH STATEMENT EXECUTE FUNCTION people_searched_scopes();
CREATE TRIGGER people_still_searched_scopes AFTER UPDATE ON {table} REFERENCING NEW TABLE AS written_rows
    FOR EACH STATEMENT EXECUTE FUNCTION people_searched_scopes();
CREATE FUNCTION people_scope_is_searched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM {table} WHERE scope_id = OLD.id) THEN
        RAISE EXCEPTION 'scope % has search keys', OLD.id
            USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER people_scope_is_searched AFTER DELETE OR UPDATE OF id ON people_scope
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION people_scope_is_searched();
"""

_UNSEARCHED_SCOPES = """
DROP TRIGGER people_scope_is_searched ON people_scope;
DROP FUNCTION people_scope_is_searched();
DROP TRIGGER people_still_searched_scopes ON {table};
DROP TRIGGER people_searched_scopes ON {table};
DROP FUNCTION people_searched_scopes();
"""
