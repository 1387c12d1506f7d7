"""The app config of the register of adverts."""

from importlib import import_module

from django.apps import AppConfig

_ROOMS = (
    "datasets", "review.items", "review.reading", "review.exceptions", "acts.taking_back", "acts.revoking", "acts.barring", "clocks",
    "watching", "correcting", "interfaces", "pages.entries",
)  # fmt: skip


class AdvertsConfig(AppConfig):
    """医疗广告联网管理系统: review, certificate, publication, taking back."""

    name = "yizheng.systems.adverts"
    verbose_name = "医疗广告联网管理"
    offers = ("医疗广告审查", "医疗广告公示与文号核验", "收回、撤销与不受理期限")

    def ready(self) -> None:
        """Declare items, pages, clocks and the daily watch."""
        for room in _ROOMS:
            import_module(f"{self.name}.{room}")
