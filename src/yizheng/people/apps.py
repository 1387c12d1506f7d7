"""The room of people: who may sign in, what they may see and do, and what they did."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The app config of the room."""

    name = "yizheng.people"
    label = "people"
    verbose_name = "人员与权限"
