"""What stands at the side of every office page: systems declare entries, an account sees those of its roles.

A system calls `declare` when it starts; the shell knows none of them by name. The key "" declares entries that every
system shows (the worklist, the inbox). At most three groups are shown, in the order 工作, 登记簿, 数据.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account

GROUPS = ("工作", "登记簿", "数据")
PUBLIC = (
    ("执业查询", "disclosure:home"),
    ("证照核验", "disclosure:verify_form"),
    ("公示名单", "disclosure:lists"),
    ("通知公告", "disclosure:notices"),
    ("办事入口", "people:sign_in"),
    ("系统状态", "service:status"),
    ("无障碍", "shell:accessibility"),
)
OWN = (
    ("我的办件", "my:cases"),
    ("我的登记", "my:records"),
    ("消息", "work:inbox"),
    ("办事指南", "my:guide"),
    ("报告问题", "service:my"),
)


OF_INSTITUTION = (
    ("本机构", "institutions:home"),
    ("机构申办", "my:cases"),
    ("工作台", "desk:worklist"),
    ("消息", "work:inbox"),
    ("办事指南", "my:guide"),
)


DESK = "desk:worklist"
HOMES = (
    (Role.ACCEPTOR, DESK),
    (Role.REVIEWER, DESK),
    (Role.DECIDER, DESK),
    (Role.INSTITUTION_OPERATOR, DESK),
    (Role.INFECTION_NURSE, "infection:desk"),
    (Role.INFECTION_APPROVER, "infection:desk"),
    (Role.INFECTION_OFFICER, "infection:desk"),
    (Role.EDITOR, "content:list"),
    (AccountKind.INSTITUTION, DESK),
    (Role.INSPECTOR, DESK),
    (Role.SYSTEM_ADMIN, "people:accounts"),
    (Role.SECURITY_ADMIN, "people:proposals"),
    (Role.AUDIT_ADMIN, "people:audit"),
    (Role.SERVICE_MANAGER, "service:desk"),
    (Role.CLIENT_MANAGER, "service:desk"),
    (Role.ENGINEER, "service:desk"),
    (Role.ANALYST, "desk:statistics"),
    (Role.PSYCHOLOGIST, "sequelae:alerts"),
    (Role.COHORT_KEEPER, "sequelae:batches"),
    (Role.COHORT_ADMIN, "sequelae:rounds"),
    (Role.COHORT_STATISTICIAN, "sequelae:analyses"),
    (Role.ORTHOPAEDIST, "sequelae:persons"),
    (Role.RESPIRATORY, "sequelae:persons"),
)
"""The page each kind of staff begins with: what waits for her, or what she works with every day; the first role that is held counts."""


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One entry: its group, words, icon, the name of its page, who sees it, and how many ask for work (if any)."""

    group: str
    title: str
    icon: str
    url_name: str
    roles: frozenset[str] = frozenset()
    count: Callable[[Account], int] | None = None
    order: int = 50
    """Place in its group: what is worked from every day first, what is looked up now and then last."""
    arguments: tuple[str, ...] = ()
    """What the address of the page is made with, such as the code of a register."""

    @property
    def url(self) -> str:
        """The address; empty while the system that owns the page is not installed."""
        return _address(self.url_name, *self.arguments)

    def allows(self, roles: Collection[str]) -> bool:
        """Whether an account with these roles sees the entry (no roles named: everybody in the office)."""
        return not self.roles or not self.roles.isdisjoint(roles)


@dataclass(slots=True)
class System:
    """A system of the platform as the switcher shows it."""

    key: str
    title: str
    order: int
    entries: list[NavEntry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as one request sees it."""

    title: str
    icon: str
    url: str
    active: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """A headed list of items."""

    title: str
    items: tuple[Item, ...]


_systems: dict[str, System] = {}
_ABOUT = "_shell_about"


def declare(key: str, title: str, entries: Iterable[NavEntry], order: int = 100) -> None:
    """Add a system and its entries; declaring a key again adds the entries that it does not have yet."""
    entries = list(entries)
    unknown = {entry.group for entry in entries} - set(GROUPS)
    if unknown:
        raise ValueError(f"navigation groups are {GROUPS}, not {unknown}")
    system = _systems.setdefault(key, System(key, title, order))
    had = {(entry.url_name, entry.arguments) for entry in system.entries}
    system.entries.extend(entry for entry in entries if (entry.url_name, entry.arguments) not in had)


def systems(roles: Collection[str]) -> list[System]:
    """The systems in which an account with these roles has something to do, in their order."""
    named = sorted((system for system in _systems.values() if system.key), key=lambda system: system.order)
    return [system for system in named if any(entry.allows(roles) for entry in system.entries)]


def current(request: HttpRequest, roles: Collection[str]) -> System | None:
    """The system the page says it is about, or belongs to by its address; else the first the account may enter."""
    mine = systems(roles)
    spaces = request.resolver_match.namespaces if request.resolver_match else []
    about: frozenset[str] = getattr(request, _ABOUT, frozenset())
    named = (system for system in mine if system.key in spaces or about == {system.key})
    listed = (s for s in mine if any(e.url and _is_active(request, e.url) for e in s.entries))
    return next(named, None) or next(listed, mine[0] if mine else None)


def set_about(request: HttpRequest, systems: Iterable[str]) -> None:
    """Say which systems a page shared by all is about this time: those of the cases it shows."""
    setattr(request, _ABOUT, frozenset(systems))


def is_about_several(request: HttpRequest) -> bool:
    """Whether the page shows cases of more than one system."""
    return len(getattr(request, _ABOUT, ())) > 1


def groups(request: HttpRequest, system: System | None, roles: Collection[str]) -> list[Group]:
    """The side of the page: the shared entries, then those of the system, by group."""
    shared = _systems.get("")
    entries = [*(shared.entries if shared else ()), *(system.entries if system else ())]
    seen = sorted((entry for entry in entries if entry.allows(roles)), key=lambda entry: entry.order)
    here = _standing(request, seen)
    made = [Group(title, tuple(_items(request, [e for e in seen if e.group == title], here))) for title in GROUPS]
    return [group for group in made if group.items]


def links(wanted: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of the links whose pages are installed, with their addresses."""
    return [(title, url) for title, name in wanted if (url := _address(name))]


def home(system: System, roles: Collection[str]) -> str:
    """The address of the first page of a system that these roles may open."""
    return next((url for e in system.entries if e.allows(roles) and (url := e.url)), "/")


def first_page(roles: Collection[str]) -> str:
    """Where somebody with these roles begins; empty where no page is hers."""
    return next((url for role, name in HOMES if role in roles and (url := _address(name))), "")


def _items(request: HttpRequest, entries: Iterable[NavEntry], here: str) -> Iterable[Item]:
    for entry in entries:
        if url := entry.url:
            account = request.user
            count = entry.count(account) if entry.count and isinstance(account, Account) else 0
            yield Item(entry.title, entry.icon, url, url == here, count or None)


def _standing(request: HttpRequest, entries: Iterable[NavEntry]) -> str:
    """The address of the entry the page belongs to: of those above it the nearest, so that one alone is marked."""
    addresses = (entry.url for entry in entries)
    return max((url for url in addresses if url and _is_active(request, url)), key=len, default="")


def _address(url_name: str, *arguments: str) -> str:
    """The page's address, empty while the system that owns it is not installed."""
    try:
        return reverse(url_name, args=arguments)
    except NoReverseMatch:
        return ""


def _is_active(request: HttpRequest, url: str) -> bool:
    return request.path == url or (url != "/" and request.path.startswith(url.rstrip("/") + "/"))
