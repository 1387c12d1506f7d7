"""The app config of the register of medical institutions."""

from importlib import import_module

from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    """医疗机构电子化注册系统: the record of every institution, and the items that found and change it."""

    name = "yizheng.systems.institutions"
    verbose_name = "医疗机构电子化注册"
    offers = (
        "医疗机构设置审批",
        "医疗机构执业登记",
        "医疗机构变更登记、许可证补发和延续",
        "医疗机构校验、停业与恢复、注销",
        "按日查询许可状态与诊疗科目",
    )

    def ready(self) -> None:
        """Declare items and pages, and say what the public may know of institutions."""
        for room in (
            "datasets",
            "items",
            "answers",
            "filings.clocks",
            "clocks",
            "internet.consequences",
            "consequences",
            "disclosures",
            "interfaces",
            "restoring_proposals",
            "record.correcting",
            "intakes",
            "pages.entries",
            "pages.listing",
            "pages.verifications",
            "pages.restoration_lines",
        ):
            import_module(f"{self.name}.{room}")
