"""The app config of public disclosure."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """The Django app of the room."""

    name = "yizheng.disclosure"
    verbose_name = "社会公示"
