"""The app config of the room."""

from importlib import import_module

from django.apps import AppConfig


class SlicesConfig(AppConfig):
    """The Django app of the room."""

    name = "yizheng.slices"
    verbose_name = "数据切片"

    def ready(self) -> None:
        """Declare what needs a second person."""
        import_module("yizheng.slices.releasing")
