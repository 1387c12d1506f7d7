"""The door plate of the register of doctors."""

from importlib import import_module

from django.apps import AppConfig


class DoctorsConfig(AppConfig):
    """医师电子化注册系统: registrations, filings and the items that change them."""

    name = "yizheng.systems.doctors"
    label = "doctors"
    verbose_name = "医师电子化注册"
    offers = (
        "执业注册与变更",
        "多机构备案与离岗备案",
        "注销与重新注册",
        "定期考核与处罚记录",
        "资格授予与更正",
        "专项医师",
        "港澳台与外国医师短期执业",
        "乡村医生",
        "军地医师资格与执业",
    )

    def ready(self) -> None:
        """Enter the items into the catalogue and the answers and consequences into their ports."""
        for room in (
            "certificates",
            "datasets",
            "items",
            "consequences",
            "answers",
            "disclosures",
            "intakes",
            "interfaces",
            "clocks.registration",
            "clocks.permits",
            "forecast",
            "people",
            "passing",
        ):
            import_module(f"{self.name}.{room}")
