"""The door plate of the licensing room."""

from django.apps import AppConfig


class LicensingConfig(AppConfig):
    """Business items and the cases that run through them (行政许可、备案、依职权办理)."""

    name = "yizheng.licensing"
    label = "licensing"
    verbose_name = "事项办理"
