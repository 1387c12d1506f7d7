"""非典后遗症人员健康管理: one record a person over twenty years of examinations, consultations and questionnaires."""

from importlib import import_module

from django.apps import AppConfig


class SequelaeConfig(AppConfig):
    """The Django app of the system."""

    name = "yizheng.systems.sequelae"
    label = "sequelae"
    verbose_name = "非典后遗症健康管理"
    offers = ("人员和对照关系", "体检校对和导入", "现场会诊", "心理测试和提醒", "年度轮次和统计")

    def ready(self) -> None:
        """Declare the entries at the side of the office and the words of the audit trail."""
        for room in ("audit_words", "questionnaires.taking", "rounds.groups", "exports.asking", "pages.entries"):
            import_module(f"{self.name}.{room}")
