"""The app config of the room."""

from importlib import import_module

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The Django app of the room."""

    name = "yizheng.exchange"
    verbose_name = "数据交换"

    def ready(self) -> None:
        """Declare what needs a second person."""
        import_module("yizheng.exchange.sending")
        import_module("yizheng.exchange.partners")
