"""The door plate of the register of doctors."""

from importlib import import_module

from django.apps import AppConfig


class DoctorsConfig(AppConfig):
    """医师电子化注册系统: registrations, filings and the items that change them."""

    name = "yizheng.systems.doctors"
    label = "doctors"
    verbose_name = "医师电子化注册"
    clause = "医师电子化注册系统"
    offers = ("医师执业首次注册", "多机构备案", "注销注册")

    def ready(self) -> None:
        """Enter the items into the catalogue and the answers and consequences into their ports."""
        for room in (
            "certificate_kinds",
            "items",
            "consequences",
            "answers",
            "disclosures",
            "rollbacks",
            "intakes",
            "interfaces",
            "clocks.daily",
            "foresight.running",
            "pages.entries",
            "pages.fact_words",
            "pages.lists",
            "pages.roster_lists",
            "roster.daily",
            "pages.top_search",
        ):
            import_module(f"{self.name}.{room}")
