"""The public sites and their sections. A system declares its own; the platform's notices serve every system."""

from collections.abc import Mapping
from dataclasses import dataclass

NOTICES = "notices"


@dataclass(frozen=True, slots=True)
class Site:
    """One site under the common roof: its code in addresses, its title, what it is for, and its sections by code."""

    code: str
    title: str
    says: str
    sections: Mapping[str, str]


_declared: dict[str, Site] = {}


def declare(site: Site) -> Site:
    """Add a site."""
    _declared[site.code] = site
    return site


def sites() -> list[Site]:
    """Every site, the platform's own first."""
    return list(_declared.values())


def site_of(code: str) -> Site | None:
    """The site of a code; nothing where there is none."""
    return _declared.get(code)


def section_title(site: str, section: str) -> str:
    """The title of a section; the code where nobody declares it any more."""
    found = _declared.get(site)
    return found.sections.get(section, section) if found else section


PLATFORM = declare(
    Site(
        "platform",
        "医政公示",
        "医师、护士、医疗机构、医疗广告等各项登记和审批的通知",
        {NOTICES: "通知公告", "rules": "政策法规", "guides": "办事说明", "downloads": "下载", "questions": "常见问题"},
    )
)
