"""The small named cast of all tests: a city, two districts, and the people who act in them. All are invented.

Every member is an account with its grants in force; `applicant` and the institutions have subjects. Make rows
under `acting_as(member)` or `acting_as_system("…")`, as the program does.
"""

import itertools
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from yizheng.people.enciphering import masterkey
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Grant, Scope
from yizheng.people.scopes import add_organisation, load_jurisdictions
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


@pytest.fixture(scope="session", autouse=True)
def vault_key(data_directory: Path) -> None:
    """The installation's master key, as `up` makes it at first start."""
    masterkey.make(masterkey.path())


@pytest.fixture
def city(db: None) -> Scope:
    load_jurisdictions()
    return Scope.objects.get(code="110000")


@pytest.fixture
def haidian(city: Scope) -> Scope:
    return Scope.objects.get(code="110108")


@pytest.fixture
def chaoyang(city: Scope) -> Scope:
    return Scope.objects.get(code="110105")


@pytest.fixture
def applicant(city: Scope) -> Account:
    return new_account(AccountKind.INDIVIDUAL, "林知遥", subject=new_subject("person"))


@pytest.fixture
def another_applicant(city: Scope) -> Account:
    return new_account(AccountKind.INDIVIDUAL, "沈一诺", subject=new_subject("person"))


@pytest.fixture
def stranger(city: Scope) -> Account:
    """Signed in, with no grant and nothing of her own."""
    return new_account(AccountKind.INDIVIDUAL, "路人甲", subject=new_subject("person"))


@pytest.fixture
def institution(haidian: Scope) -> Place:
    return new_institution("海淀清河医院", haidian)


@pytest.fixture
def another_institution(chaoyang: Scope) -> Place:
    return new_institution("朝阳望京门诊部", chaoyang)


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
def acceptor(haidian: Scope) -> Account:
    return new_clerk(Role.ACCEPTOR, haidian)


@pytest.fixture
def reviewer(haidian: Scope) -> Account:
    return new_clerk(Role.REVIEWER, haidian)


@pytest.fixture
def decider(haidian: Scope) -> Account:
    return new_clerk(Role.DECIDER, haidian)


@pytest.fixture
def other_district_clerk(chaoyang: Scope) -> Account:
    """Accepts, reviews and decides, in another district."""
    account = new_account(AccountKind.CLERK, "赵朝阳", Role.ACCEPTOR, chaoyang)
    for role in (Role.REVIEWER, Role.DECIDER):
        Grant.objects.create(account=account, role=role, scope=chaoyang)
    return account


@pytest.fixture
def city_clerk(city: Scope) -> Account:
    account = new_account(AccountKind.CLERK, "钱市级", Role.ACCEPTOR, city)
    for role in (Role.REVIEWER, Role.DECIDER):
        Grant.objects.create(account=account, role=role, scope=city)
    return account


@pytest.fixture
def inspector(haidian: Scope) -> Account:
    return new_account(AccountKind.INSPECTOR, "孙监督", Role.INSPECTOR, haidian)


@pytest.fixture
def analyst(city: Scope) -> Account:
    return new_account(AccountKind.ANALYST, "李分析", Role.ANALYST, city)


@pytest.fixture
def engineer(city: Scope) -> Account:
    return new_account(AccountKind.ENGINEER, "周运维", Role.ENGINEER, city)


@pytest.fixture
def system_admin(city: Scope) -> Account:
    return new_account(AccountKind.SYSTEM_ADMIN, "吴系统", Role.SYSTEM_ADMIN, city)


@pytest.fixture
def security_admin(city: Scope) -> Account:
    return new_account(AccountKind.SECURITY_ADMIN, "郑安全", Role.SECURITY_ADMIN, city)


@pytest.fixture
def audit_admin(city: Scope) -> Account:
    return new_account(AccountKind.AUDIT_ADMIN, "王审计", Role.AUDIT_ADMIN, city)
