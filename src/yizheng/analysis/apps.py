"""The app config of the room."""

from importlib import import_module

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """The Django app of the room."""

    name = "yizheng.analysis"
    verbose_name = "数据分析"

    def ready(self) -> None:
        """Declare what needs a second person."""
        import_module("yizheng.analysis.exporting")
