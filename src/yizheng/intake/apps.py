"""The app config of the room."""

from importlib import import_module

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The Django app of the room."""

    name = "yizheng.intake"
    verbose_name = "数据接收"

    def ready(self) -> None:
        """Load the formats, which the audit trail calls by their titles."""
        import_module("yizheng.intake.formats")
