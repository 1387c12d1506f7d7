"""The shell as a Django app; it has no tables, only what pages are made of."""

from importlib import import_module

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Pages' common parts."""

    name = "yizheng.shell"
    verbose_name = "界面"

    def ready(self) -> None:
        """Put the desk and the entries that belong to no system at the side of every office page."""
        import_module("yizheng.shell.desk.entries")
        import_module("yizheng.shell.desk.finding")
        import_module("yizheng.shell.entries")
        import_module("yizheng.shell.deadlines.entries")
        import_module("yizheng.shell.proposals.entries")
        import_module("yizheng.shell.rule_settings.entries")
        import_module("yizheng.shell.exchange.entries")
        import_module("yizheng.shell.intake.entries")
        import_module("yizheng.shell.printing.entries")
        import_module("yizheng.shell.rollback.following")
        import_module("yizheng.shell.approving")
