"""The app config: at start every app's ``jobs`` module is read, so that its jobs and schedules are known."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WorkConfig(AppConfig):
    """The Django app of the room."""

    name = "yizheng.work"
    verbose_name = "后台任务与消息"

    def ready(self) -> None:
        """Read what is declared in the rooms."""
        import_module("yizheng.work.routine")
        autodiscover_modules("jobs")
