"""The app config of the room."""

from importlib import import_module

from django.apps import AppConfig


class GatewayConfig(AppConfig):
    """The Django app of the room."""

    name = "yizheng.gateway"
    verbose_name = "对外接口"

    def ready(self) -> None:
        """Declare the channels and subscribers, and have that of unified acceptance told of what happens to cases."""
        import_module(f"{self.name}.registers.channels")
        import_module(f"{self.name}.registers.subscribers")
        channel = import_module(f"{self.name}.acceptance.channel")
        import_module("yizheng.licensing.ports.followers").follow_cases(channel.tell)
