"""The room of people: who may sign in, what they may see and do, and what they did."""

from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The app config of the room."""

    name = "yizheng.people"
    label = "people"
    verbose_name = "人员与权限"

    def ready(self) -> None:
        """Declare what a verification proves of this room."""
        import_module("yizheng.people.auditing.witness")
        import_module("yizheng.people.enciphering.proof")
