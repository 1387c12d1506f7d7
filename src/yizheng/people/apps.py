"""The room of people: who may sign in, what they may see and do, and what they did."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The door plate."""

    name = "yizheng.people"
    label = "people"
    verbose_name = "人员与权限"
    default_auto_field = "django.db.models.BigAutoField"
