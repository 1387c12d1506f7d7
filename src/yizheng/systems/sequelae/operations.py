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
    """Accounts of the office with one of the roles see the rows, those with a writing role write them.

    The account that the column ``own`` names sees its rows and marks them as read.
    """

    deconstruct = Operation.deconstruct

    def __init__(self, table: str, readers: Sequence[str], writers: Sequence[str], own: str = "") -> None:
        self.table = table
        acting = "(SELECT nullif(current_setting('yizheng.account', true), '')::bigint)"
        mine = f" OR {own} = {acting}" if own else ""
        seen, written = _may(readers) + mine, _may(writers)
        super().__init__(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
            f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({seen});"
            f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({written});"
            f"CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({written}{mine}) WITH CHECK ({written}{mine})",
            f"DROP POLICY {table}_read ON {table}; DROP POLICY {table}_add ON {table}; DROP POLICY {table}_change ON {table};"
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )

    def describe(self) -> str:
        """One line for the log of migrations."""
        return f"Purposes of {self.table}"


def _may(roles: Sequence[str]) -> str:
    return f"(SELECT sequelae_may(ARRAY[{', '.join(repr(role) for role in roles)}]))"
