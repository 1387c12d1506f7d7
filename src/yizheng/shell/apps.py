"""The shell as a Django app; it has no tables, only what pages are made of."""

from importlib import import_module

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Pages' common parts."""

    name = "yizheng.shell"
    verbose_name = "界面"

    def ready(self) -> None:
        """Put the entries that belong to no system at the side of every office page, and say what follows what."""
        for module in ("entries", "rollback", "approving"):
            import_module(f"yizheng.shell.{module}")
