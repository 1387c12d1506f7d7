"""The shell as a Django app; it has no tables, only what pages are made of."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Pages' common parts."""

    name = "yizheng.shell"
    label = "shell"
    verbose_name = "界面"
