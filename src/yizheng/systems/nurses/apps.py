"""The app of the register of nurses."""

from importlib import import_module

from django.apps import AppConfig


class NursesConfig(AppConfig):
    """护士电子化注册系统: registrations of nurses and the items that change them."""

    name = "yizheng.systems.nurses"
    verbose_name = "护士电子化注册"
    offers = (
        "护士执业首次注册",
        "护士延续注册、变更与执业机构备案",
        "护士重新注册、注销注册",
        "护士军地转换",
        "护士助产技术人员考核",
        "护士执业证书补证换证",
        "护士个人信息变更",
    )

    def ready(self) -> None:
        """Declare items, pages, clocks, file formats and the public entry."""
        for room in (
            "datasets",
            "first_registration",
            "renewal",
            "practice",
            "arriving",
            "military",
            "reregistration",
            "deregistration",
            "personal",
            "special",
            "conduct",
            "people",
            "passing",
            "clocks",
            "forecast",
            "intakes",
            "interfaces",
            "disclosures",
            "answers",
        ):
            import_module(f"{self.name}.{room}")
