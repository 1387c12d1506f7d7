"""The app of what every register of people shares."""

from importlib import import_module

from django.apps import AppConfig


class PractitionersConfig(AppConfig):
    """人员: who people are, what they learned, what was recorded against them, and where they are known to work."""

    name = "yizheng.systems.practitioners"
    verbose_name = "人员"

    def ready(self) -> None:
        """Enter the schedule of the watch lists, what a rollback of people must mind, and the names they are found by."""
        for room in ("roster.daily", "roster.week", "reindexing", "rollbacks"):
            import_module(f"{self.name}.{room}")
