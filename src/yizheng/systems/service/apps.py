"""The app config of the service."""

from importlib import import_module

from django.apps import AppConfig


class ServiceConfig(AppConfig):
    """运维服务: work orders and their clocks, inspections, obligations, reports under the contract."""

    name = "yizheng.systems.service"
    verbose_name = "运维服务"
    offers = ("工单和时限台账", "平台自巡检", "合同义务和季度报告")

    def ready(self) -> None:
        """Declare pages, the daily inspection, and the words of the audit trail."""
        for room in (
            "audit_words",
            "demands",
            "inspections.inspecting",
            "matters.reminding",
            "orders.escalating",
            "pages.entries",
        ):
            import_module(f"{self.name}.{room}")
