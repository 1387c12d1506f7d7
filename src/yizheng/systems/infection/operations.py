"""Migration operations of the room: beside whose rows they are, only accounts with a role of infection control see or write them."""

from importlib.resources import files

from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation


class RoleFunction(RunSQL):
    """The function that the policies ask."""

    def __init__(self) -> None:
        folder = files("yizheng.systems.infection") / "sql"
        super().__init__(folder.joinpath("role.sql").read_text("utf-8"), "DROP FUNCTION infection_may();")


class OfRole(RunSQL):
    """Whoever sees the rows by scope or subject needs a role of infection control besides; a clerk of the district has none."""

    deconstruct = Operation.deconstruct

    def __init__(self, table: str) -> None:
        self.table = table
        asked = "(SELECT infection_may())"
        super().__init__(
            f"CREATE POLICY {table}_role ON {table} AS RESTRICTIVE USING ({asked}) WITH CHECK ({asked})",
            f"DROP POLICY {table}_role ON {table}",
        )

    def describe(self) -> str:
        """One line for the log of migrations."""
        return f"Roles of {self.table}"
