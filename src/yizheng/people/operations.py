"""Migration operations: the functions policies read, and the policy of a table.

A policy compares scopes with an array and subjects with a hash table, both read once a query, never a function or a
join per row, and uses only leak-proof operators (B-tree equality), so the columns' indexes serve under it.
The owner, who migrates, is not bound: no policy is forced.
"""

from collections.abc import Sequence
from importlib.resources import files

from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation


def named_sql(name: str) -> str:
    """The text of one SQL file of this room."""
    return (files("yizheng.people") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


class _Policy(RunSQL):
    """Row security switched on, and the policy of a table; written into migrations as it was declared there."""

    deconstruct = Operation.deconstruct

    def __init__(self, table: str, name: str, condition: str) -> None:
        self.table = table
        super().__init__(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; CREATE POLICY {table}_{name} ON {table} {condition}",
            f"DROP POLICY {table}_{name} ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )

    def describe(self) -> str:
        """One line for the log of migrations."""
        return f"Row security on {self.table}"


class RowSecurity(_Policy):
    """Only rows of the acting scopes or subjects can be read or written by a role that does not own the table.

    ``scope_column`` names one column or several (any of them opens the row); ``subject_column`` may be None.
    With ``subject_may_write=False`` a person or institution sees its rows but cannot make or change them; with
    ``opened_by_access=False`` only the subject itself sees them, not the scopes an ``Access`` row opens it to.
    """

    def __init__(
        self,
        table: str,
        scope_column: str | Sequence[str] = "authority_scope",
        subject_column: str | None = "subject_id",
        subject_may_write: bool = True,
        opened_by_access: bool = True,
    ) -> None:
        columns = [scope_column] if isinstance(scope_column, str) else scope_column
        of_scopes = " OR ".join(f"{column} = ANY ((SELECT people_scopes())::int[])" for column in columns)
        subjects = "people_subjects" if opened_by_access else "people_own_subjects"
        of_subjects = f" OR {subject_column} IN (SELECT unnest((SELECT {subjects}())))" if subject_column else ""
        seen, written = of_scopes + of_subjects, of_scopes + (of_subjects if subject_may_write else "")
        super().__init__(table, "scope", f"USING ({seen}) WITH CHECK ({written})")


class SeenWith(_Policy):
    """Whoever sees the row of ``parent`` that ``column`` names sees the rows of the table, and nobody else does.

    With ``few_parents`` the visible parents are read once a statement instead of once a row.
    """

    def __init__(self, table: str, column: str, parent: str, few_parents: bool = False) -> None:
        seen = (
            f"{column} IN (SELECT id FROM {parent})"  # noqa: S608 - names written in migrations
            if few_parents
            else f"EXISTS (SELECT FROM {parent} WHERE {parent}.id = {column})"
        )
        super().__init__(table, "seen_with", f"USING ({seen})")
