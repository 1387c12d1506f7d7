"""医院感染控制管理: records of wards, their way to the city, figures, alarms and outbreaks (医院感染管理办法)."""

from importlib import import_module

from django.apps import AppConfig


class InfectionConfig(AppConfig):
    """The Django app of the system."""

    name = "yizheng.systems.infection"
    label = "infection"
    verbose_name = "医院感染控制管理"
    offers = (
        "ICU、病例、手术、暴露等监测报表",
        "定点医院上传和恢复数据",
        "数据规则和问题数据",
        "感染指标统计",
        "聚集预警和暴发报告",
        "监控网站和暴发报告网站的内容",
    )

    def ready(self) -> None:
        """Declare the rules, the nightly work, the words of the audit trail, and the entries at the side of the office."""
        for room in (
            "rules.rows",
            "rules.sheets",
            "rules.cases",
            "rules.peers",
            "audit_words",
            "jobs",
            "uploads.registering",
            "pages.entries",
            "sites",
            "datasets",
        ):
            import_module(f"{self.name}.{room}")
