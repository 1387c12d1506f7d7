"""The small named cast of all tests: a city, two districts, and the people who act in them. All are invented.

Every member is an account with its grants in force; `applicant` and the institutions have subjects. Make rows
under `acting_as(member)` or `acting_as_system("…")`, as the program does.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from tests.worlds import World
from yizheng.people.enciphering import masterkey
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Grant, Scope
from yizheng.people.scopes import add_organisation, jurisdiction, load_jurisdictions
from yizheng.registry import changing
from yizheng.registry.models import ChangeKind, Subject

PASSWORD = "Jin-Shan-Chuan-47"

_number = itertools.count(1)


@dataclass(frozen=True)
class Place:
    """An institution with its operator."""

    scope: Scope
    subject: Subject
    operator: Account


def new_subject(kind: str) -> Subject:
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="cast") as change:
        return change.subject(kind)


def new_account(
    kind: AccountKind, name: str, role: Role | None = None, scope: Scope | None = None, subject: Subject | None = None
) -> Account:
    """An account of the kind, with one role over the scope if given."""
    account = Account.objects.create_account(
        f"{kind}-{next(_number)}", kind, name, password=PASSWORD, subject_id=subject.pk if subject else None
    )
    if role is not None and scope is not None:
        Grant.objects.create(account=account, role=role, scope=scope)
    return account


CLERKS = {Role.ACCEPTOR: "何受理", Role.REVIEWER: "韩审核", Role.DECIDER: "秦决定"}


def new_clerk(role: Role, scope: Scope) -> Account:
    """A clerk of the desk by the name all tests know."""
    return new_account(AccountKind.CLERK, CLERKS[role], role, scope)


def new_person(name: str) -> Account:
    """Somebody with an account of her own."""
    return new_account(AccountKind.INDIVIDUAL, name, subject=new_subject("person"))


def new_clerk_of_all(name: str, scope: Scope) -> Account:
    """Accepts, reviews and decides."""
    account = new_account(AccountKind.CLERK, name, Role.ACCEPTOR, scope)
    for role in (Role.REVIEWER, Role.DECIDER):
        Grant.objects.create(account=account, role=role, scope=scope)
    return account


def new_institution(name: str, district: Scope) -> Place:
    subject = new_subject("institution")
    scope = add_organisation(f"test-{subject.pk}", name, district, subject.pk)
    operator = new_account(AccountKind.INSTITUTION, f"{name}经办", Role.INSTITUTION_OPERATOR, scope, subject)
    return Place(scope, subject, operator)


def sign_in(client: Client, account: Account, *, recently: bool = True) -> Client:
    """Sign the client in as after a full sign-in; with `recently` a decision needs no confirmation now.

    The session is written as a sign-in leaves it, in one statement: hundreds of tests begin so.
    """
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "yizheng.people.signing_in.backends.AccountBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    if recently:
        session["confirmed_at"] = timezone.now().timestamp()
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return client


CITY, HAIDIAN, CHAOYANG = "110000", "110108", "110105"
MAKERS: dict[str, Callable[[], Any]] = {
    "applicant": lambda: new_person("林知遥"),
    "another_applicant": lambda: new_person("沈一诺"),
    "stranger": lambda: new_person("路人甲"),
    "institution": lambda: new_institution("海淀清河医院", jurisdiction(HAIDIAN)),
    "another_institution": lambda: new_institution("朝阳望京门诊部", jurisdiction(CHAOYANG)),
    "acceptor": lambda: new_clerk(Role.ACCEPTOR, jurisdiction(HAIDIAN)),
    "reviewer": lambda: new_clerk(Role.REVIEWER, jurisdiction(HAIDIAN)),
    "decider": lambda: new_clerk(Role.DECIDER, jurisdiction(HAIDIAN)),
    "other_district_clerk": lambda: new_clerk_of_all("赵朝阳", jurisdiction(CHAOYANG)),
    "city_clerk": lambda: new_clerk_of_all("钱市级", jurisdiction(CITY)),
    "inspector": lambda: new_account(AccountKind.INSPECTOR, "孙监督", Role.INSPECTOR, jurisdiction(HAIDIAN)),
    "analyst": lambda: new_account(AccountKind.ANALYST, "李分析", Role.ANALYST, jurisdiction(CITY)),
    "engineer": lambda: new_account(AccountKind.ENGINEER, "周运维", Role.ENGINEER, jurisdiction(CITY)),
    "system_admin": lambda: new_account(AccountKind.SYSTEM_ADMIN, "吴系统", Role.SYSTEM_ADMIN, jurisdiction(CITY)),
    "security_admin": lambda: new_account(AccountKind.SECURITY_ADMIN, "郑安全", Role.SECURITY_ADMIN, jurisdiction(CITY)),
    "audit_admin": lambda: new_account(AccountKind.AUDIT_ADMIN, "王审计", Role.AUDIT_ADMIN, jurisdiction(CITY)),
}  # fmt: skip
"""How each member is made; those of one system stand below."""


def _everybody() -> dict[str, Any]:
    load_jurisdictions()
    return {name: make() for name, make in MAKERS.items()}


CAST = World("whole_cast", _everybody)


@pytest.fixture
def whole_cast() -> None:
    """The world in which everybody stands already: for tests that ask all of them."""


def member(name: str) -> Account:
    """The member who stands in the world, otherwise a new one."""
    found: Account = CAST.here[name] if CAST.here else MAKERS[name]()
    return found


def place(name: str) -> Place:
    """The same of an institution."""
    found: Place = CAST.here[name] if CAST.here else MAKERS[name]()
    return found


@pytest.fixture(scope="session", autouse=True)
def vault_key(data_directory: Path) -> None:
    """The installation's master key, as `up` makes it at first start."""
    masterkey.make(masterkey.path())


@pytest.fixture
def city(db: None) -> Scope:
    load_jurisdictions()
    return jurisdiction(CITY)


@pytest.fixture
def haidian(city: Scope) -> Scope:
    return jurisdiction(HAIDIAN)


@pytest.fixture
def chaoyang(city: Scope) -> Scope:
    return jurisdiction(CHAOYANG)


@pytest.fixture
def infection_nurse(institution: Place) -> Account:
    return new_account(
        AccountKind.INSTITUTION, "感控填报", Role.INFECTION_NURSE, institution.scope, institution.subject
    )


@pytest.fixture
def infection_officer(haidian: Scope) -> Account:
    return new_account(AccountKind.CLERK, "感染监测", Role.INFECTION_OFFICER, haidian)


@pytest.fixture
def editor(city: Scope) -> Account:
    return new_account(AccountKind.CLERK, "网站编辑", Role.EDITOR, city)


@pytest.fixture
def institution_operator(institution: Place) -> Account:
    return institution.operator


@pytest.fixture
def institution(city: Scope) -> Place:
    return place("institution")


@pytest.fixture
def another_institution(city: Scope) -> Place:
    return place("another_institution")


@pytest.fixture
def applicant(city: Scope) -> Account:
    return member("applicant")


@pytest.fixture
def another_applicant(city: Scope) -> Account:
    return member("another_applicant")


@pytest.fixture
def stranger(city: Scope) -> Account:
    """Signed in, with no grant and nothing of her own."""
    return member("stranger")


@pytest.fixture
def acceptor(city: Scope) -> Account:
    return member("acceptor")


@pytest.fixture
def reviewer(city: Scope) -> Account:
    return member("reviewer")


@pytest.fixture
def decider(city: Scope) -> Account:
    return member("decider")


@pytest.fixture
def other_district_clerk(city: Scope) -> Account:
    """Accepts, reviews and decides, in another district."""
    return member("other_district_clerk")


@pytest.fixture
def city_clerk(city: Scope) -> Account:
    return member("city_clerk")


@pytest.fixture
def inspector(city: Scope) -> Account:
    return member("inspector")


@pytest.fixture
def analyst(city: Scope) -> Account:
    return member("analyst")


@pytest.fixture
def engineer(city: Scope) -> Account:
    return member("engineer")


@pytest.fixture
def system_admin(city: Scope) -> Account:
    return member("system_admin")


@pytest.fixture
def security_admin(city: Scope) -> Account:
    return member("security_admin")


@pytest.fixture
def audit_admin(city: Scope) -> Account:
    return member("audit_admin")
