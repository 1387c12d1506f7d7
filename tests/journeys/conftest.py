"""A browser and a small city to walk through: one institution with its licence, one qualified person, four clerks."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser import assert_accessible, press
from tests.cast import PASSWORD
from yizheng.disclosure.publishing import refresh
from yizheng.kernel.identifiers import make_resident_id
from yizheng.people import vault
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Grant, Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import load_jurisdictions, organisation_of
from yizheng.people.signing_in import totp
from yizheng.registry import ChangeKind, SubjectKind, changing
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.models.qualification import line as qualification_line
from yizheng.systems.institutions.licensing import register_institution

PHONE: ViewportSize = {"width": 390, "height": 844}
HOSPITAL = "北京青禾社区卫生服务中心"
NAME = "许南乔"


@dataclass(frozen=True)
class Actor:
    """Somebody who signs in."""

    account: Account
    secret: str = ""


@dataclass(frozen=True)
class City:
    """Who is there."""

    applicant: Actor
    operator: Actor
    acceptor: Actor
    reviewer: Actor
    decider: Actor
    institution_id: int
    id_number: str
    qualification_number: str


@pytest.fixture
def city(transactional_db: None) -> City:
    """The small city."""
    vault.prepare()
    load_jurisdictions()
    haidian = Scope.objects.get(code="110108")
    number = make_resident_id("110108", date(1996, 4, 26), 42)
    qualified_on = timezone.localdate() - timedelta(days=300)
    qualification_number = f"{qualified_on.year}11110{number}"
    with acting_as_system("旅程测试"):
        with changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="小城") as change:
            institution = register_institution(change, _licence(), authority=haidian, valid_from=date(2015, 1, 1))
            person = change.subject(SubjectKind.PERSON)
            change.state(
                Qualification, person, qualification_line(1),
                {"level": "1", "category": "clinical", "qualified_on": qualified_on,
                 "issuer": "北京市卫生健康委员会", "way": "exam", "holder_name": NAME},
                valid_from=qualified_on, authority_scope=haidian.pk,
            )  # fmt: skip
        vault.store(person.pk, "resident_id", number)
        vault.store(person.pk, "qualification_number", qualification_number)
        refresh("institution", [institution.pk])
    organisation = organisation_of(institution.pk)
    assert organisation is not None
    return City(
        applicant=Actor(_account("xunanqiao", AccountKind.INDIVIDUAL, NAME, subject_id=person.pk)),
        operator=Actor(_granted("qinghe", AccountKind.INSTITUTION, "陶知远", Role.INSTITUTION_OPERATOR, organisation)),
        acceptor=_clerk("haidian-accept", "沈若谷", Role.ACCEPTOR, haidian),
        reviewer=_clerk("haidian-review", "周明远", Role.REVIEWER, haidian),
        decider=_clerk("haidian-decide", "秦望舒", Role.DECIDER, haidian),
        institution_id=institution.pk,
        id_number=number,
        qualification_number=qualification_number,
    )


def _licence() -> dict[str, Any]:
    return {
        "kind": "licence", "name": HOSPITAL, "category": "B1", "business_nature": "1", "subjects": ["02", "03", "05"],
        "district": "110108", "address": "海淀区青禾路 1 号", "status": "active",
    }  # fmt: skip


def _account(username: str, kind: AccountKind, name: str, subject_id: int | None = None) -> Account:
    return Account.objects.create_account(username, kind, name, password=PASSWORD, subject_id=subject_id)


def _granted(username: str, kind: AccountKind, name: str, role: Role, scope: Scope) -> Account:
    account = _account(username, kind, name, subject_id=scope.subject_id)
    Grant.objects.create(account=account, role=role, scope=scope)
    return account


def _clerk(username: str, name: str, role: Role, scope: Scope) -> Actor:
    account = _granted(username, AccountKind.CLERK, name, role, scope)
    secret = totp.new_secret()
    totp.enrol(account, secret)
    return Actor(account, secret)


class Walker:
    """Somebody at a browser; pictures are kept when YIZHENG_PICTURES names a folder.

    Every page a journey opens is looked at as a phone shows it too: none scrolls sideways.
    """

    _looked_at: ClassVar[set[str]] = set()
    """Pages that were seen as a phone shows them, by address with its numbers left out and the part of the journey."""

    def __init__(self, context: BrowserContext, address: str, actor: Actor | None) -> None:
        self.page: Page = context.new_page()
        self.address = address
        self.actor = actor
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._note)

    def _note(self, message: Any) -> None:
        answered = "status of 4" in message.text or "Status Error Code 409" in message.text
        if message.type == "error" and not answered:
            self.faults.append(message.text)

    def sign_in(self) -> None:
        """Name and password, then the one-time code where the account has one."""
        assert self.actor is not None
        self.go("/accounts/sign-in/")
        self.page.fill("[name=username]", self.actor.account.username)
        self.page.fill("[name=password]", PASSWORD)
        press(self.page, "main button:not([type=button])")
        if self.actor.secret:
            self.page.fill("[name=code]", totp.code_now(self.actor.account))
            press(self.page, "main button:not([type=button])")

    def go(self, path: str) -> None:
        """Open a page of the site."""
        self.page.goto(self.address + path)
        self._fits_a_phone()

    def _fits_a_phone(self, part: str = "") -> None:
        address = re.sub(r"\d+", "0", self.page.url.removeprefix(self.address))
        if f"{address} {part}" in self._looked_at:
            return
        self._looked_at.add(f"{address} {part}")
        usual = self.page.viewport_size
        self.page.set_viewport_size(PHONE)
        beyond = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, f"{address} {part}: {beyond} px beyond a phone"
        if usual:
            self.page.set_viewport_size(usual)

    def picture(self, name: str) -> None:
        """The page as it stands is accessible and fits a phone; keep what it shows, wide and narrow."""
        assert_accessible(self.page, name)
        self._fits_a_phone(name)
        folder = os.environ.get("YIZHENG_PICTURES")
        if not folder:
            return
        for width, height in ((1440, 900), (390, 844)):
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.screenshot(path=Path(folder) / f"{name}-{width}.png")
        self.page.set_viewport_size({"width": 1440, "height": 900})


@pytest.fixture
def walk(chromium: Browser, live_server: Any) -> Iterator[Any]:
    """Makes walkers, each with a browser context of its own; none may have met a script fault at the end."""
    made: list[tuple[BrowserContext, Walker]] = []

    def walker(actor: Actor | None = None, **options: Any) -> Walker:
        context = chromium.new_context(
            viewport={"width": 1440, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai", **options
        )
        context.set_default_timeout(15_000)
        made.append((context, Walker(context, live_server.url, actor)))
        if actor is not None:
            made[-1][1].sign_in()
        return made[-1][1]

    yield walker
    faults = [fault for _, each in made for fault in each.faults]
    for context, _ in made:
        context.close()
    assert not faults
