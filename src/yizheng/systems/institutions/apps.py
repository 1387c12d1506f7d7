"""The app config of the register of medical institutions."""

from importlib import import_module

from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    """医疗机构电子化注册系统: licences of institutions as far as registrations of people depend on them."""

    name = "yizheng.systems.institutions"
    verbose_name = "医疗机构电子化注册"
    offers = ("医疗机构执业许可登记事实", "按日查询许可状态与诊疗科目")

    def ready(self) -> None:
        """Say what the public may know of institutions, and put the register at the side of office pages."""
        for room in ("disclosures", "restoring_proposals", "pages.entries", "pages.listing", "pages.restoration_lines"):
            import_module(f"{self.name}.{room}")
