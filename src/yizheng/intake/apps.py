"""The app config of the room."""

from importlib import import_module

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The Django app of the room."""

    name = "yizheng.intake"
    label = "intake"
    verbose_name = "数据接收"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the words of the audit trail."""
        import_module("yizheng.intake.audit_words")
