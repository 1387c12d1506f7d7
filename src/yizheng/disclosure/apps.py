"""The app config of public disclosure."""

from importlib import import_module

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """The Django app of the room."""

    name = "yizheng.disclosure"
    verbose_name = "社会公示"

    def ready(self) -> None:
        """Declare what a verification proves of the public register, and what agreeing to an article does."""
        for module in ("proving", "content.publishing"):
            import_module(f"yizheng.disclosure.{module}")
