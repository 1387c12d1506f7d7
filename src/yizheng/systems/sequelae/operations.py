"""Migration operations of the room: who may see the rows of a table, by role."""

from collections.abc import Sequence
from importlib.resources import files

from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation


class PurposeFunction(RunSQL):
    """The function that the policies ask."""

    def __init__(self) -> None:
        folder = files("yizheng.systems.sequelae") / "sql"
        super().__init__(folder.joinpath("purpose.sql").read_text("utf-8"), "DROP FUNCTION sequelae_may(text[]);")


class Purpose(RunSQL):
    """Only accounts of the office with one of the roles see or write the rows, and the account that the column ``own`` names."""

    deconstruct = Operation.deconstruct

    def __init__(self, table: str, roles: Sequence[str], own: str = "") -> None:
        self.table = table
        asked = f"(SELECT sequelae_may(ARRAY[{', '.join(repr(role) for role in roles)}]))"
        acting = "(SELECT nullif(current_setting('yizheng.account', true), '')::bigint)"
        seen = f"{asked} OR {own} = {acting}" if own else asked
        super().__init__(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
            f"CREATE POLICY {table}_purpose ON {table} USING ({seen}) WITH CHECK ({seen})",
            f"DROP POLICY {table}_purpose ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )

    def describe(self) -> str:
        """One line for the log of migrations."""
        return f"Purposes of {self.table}"
