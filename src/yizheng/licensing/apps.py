"""The app config of licensing."""

from importlib import import_module

from django.apps import AppConfig


class LicensingConfig(AppConfig):
    """Business items and the cases that run through them (行政许可、备案、依职权办理)."""

    name = "yizheng.licensing"
    verbose_name = "事项办理"

    def ready(self) -> None:
        """Load the verbs and the acts of two persons, so that every one of them is known wherever one is done."""
        import_module("yizheng.licensing.verbs")
        import_module("yizheng.licensing.rule_settings")
        import_module("yizheng.licensing.collective.batching")
        import_module("yizheng.licensing.deadlines.daily")
        import_module("yizheng.licensing.forecasts")
        import_module("yizheng.licensing.collective.working_up")
        import_module("yizheng.licensing.collective.handing_in")
        import_module("yizheng.licensing.cases.rollbacks")
        import_module("yizheng.licensing.problem_data.orders")
        import_module("yizheng.licensing.cases.audit_words")
