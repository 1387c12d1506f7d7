"""医疗服务与执业监管平台（执业资质监管）: rules over slices and service data, clues and what becomes of them."""

from importlib import import_module

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """The Django app of the system."""

    name = "yizheng.systems.supervision"
    label = "supervision"
    verbose_name = "执业资质监管"
    offers = ("监管规则与线索", "线索核查、处置和反馈", "双随机抽查")

    def ready(self) -> None:
        """Declare the entries at the side of the office and the channel of the platform of internet hospitals."""
        import_module(f"{self.name}.online.channel")
        import_module(f"{self.name}.pages.entries")
