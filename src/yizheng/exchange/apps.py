"""The app config of the room."""

from importlib import import_module

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The Django app of the room."""

    name = "yizheng.exchange"
    verbose_name = "数据交换"

    def ready(self) -> None:
        """Declare what needs a second person, the schedules of channels, and that changes are told to them."""
        for room in (
            "sending",
            "partners",
            "channels.running",
            "credit.channel",
            "ecertificates.channel",
            "subscribers.subscribing",
        ):
            import_module(f"{self.name}.{room}")
        outbox = import_module(f"{self.name}.channels.outbox")
        import_module("yizheng.registry.following").follow(outbox.tell)
