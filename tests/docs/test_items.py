"""Every business item, verb, role, demonstration account and address is told as it is."""

import re
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve
from django.utils import timezone

from tests.docs.pages import CODE, DOCS, GUIDES, README, TWIN, name, quoted, text
from yizheng.demo import institutions, sign_ins
from yizheng.demo.nurses import NAMES
from yizheng.disclosure.api.endpoints import api
from yizheng.licensing import catalogue
from yizheng.licensing.item import Item
from yizheng.licensing.lifecycle import TABLES, Actor
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.rights.roles import Power
from yizheng.shell import navigation

ITEMS = [item for item in catalogue.items(timezone.localdate()) if item.system != "tests"]
ADDRESSES = re.compile(r"/[a-z0-9_./-]*")


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_every_item_is_told(item: Item) -> None:
    for page in (README, TWIN, DOCS / "guides" / "clerks.md", DOCS / "guides" / "applicants.md"):
        assert f"`{item.code}`" in text(page)
        assert item.title in text(page)


def test_every_item_told_is_declared() -> None:
    codes = {item.code for item in ITEMS if item.code.startswith("doctor_")}
    assert set(re.findall(r"`(doctor_[a-z_]+)`", text(README, TWIN, *GUIDES))) == codes


def test_every_verb_stands_in_a_guide() -> None:
    guides = text(*GUIDES)
    moves = {move for table in TABLES.values() for state in table.values() for move in state}
    assert {move.title for move in moves if move.who is not Actor.SYSTEM and move.title not in guides} == set()


def test_every_role_and_kind_of_account_stands_in_the_guide_of_administrators() -> None:
    page = text(DOCS / "guides" / "administrators.md")
    told = {Role.SYSTEM_ADMIN: "系统管理员", Role.SECURITY_ADMIN: "安全管理员", Role.AUDIT_ADMIN: "审计管理员"}
    assert [role for role in Role if told.get(role, role.label) not in page] == []
    assert [kind for kind in AccountKind if kind != AccountKind.INDIVIDUAL and kind.label not in page] == []


def test_every_permission_stands_in_the_guide_of_administrators() -> None:
    page = text(DOCS / "guides" / "administrators.md")
    assert [power.value for power in Power if power.value not in page] == []


def test_every_entry_at_the_side_stands_in_a_guide() -> None:
    declared = re.findall(r'NavEntry\(\s*"[^"]+",\s*"([^"]+)"', text(*CODE.rglob("*.py")))
    guides = text(*GUIDES)
    assert declared
    assert [title for title in declared if title not in guides] == []


@pytest.mark.parametrize("page", [README, TWIN], ids=name)
def test_the_demonstration_accounts_told_exist(page: Path) -> None:
    made = {f"{place}-{desk}" for place in sign_ins.OFFICES.values() for desk, _, _ in sign_ins.DESKS}
    made |= {username for username, *_ in (*sign_ins.WATCHERS, *sign_ins.INFECTION_STAFF, *sign_ins.EDITORS)}
    made |= {username for _, username, _ in sign_ins.INFECTION}
    made |= {sign_ins.READY_DOCTOR, sign_ins.HOSPITAL_ACCOUNT, "doctor-registered", *NAMES}
    rows = re.findall(r"^\|((?: ?(?:and |、|, )?`[a-z-]+`)+[^|]*)\|", text(page), re.MULTILINE)
    told = {account for row in rows for account in re.findall(r"`([a-z]+-[a-z]+)`", row)}
    assert {sign_ins.READY_DOCTOR, sign_ins.HOSPITAL_ACCOUNT} <= told <= made
    assert sign_ins.PASSWORD in text(page)
    assert institutions.HOSPITAL in text(page)
    assert sign_ins.READY_NAME in text(page)


def test_every_address_of_the_interface_is_told_with_its_method() -> None:
    page = text(DOCS / "api.md")
    declared = {
        f"{method.upper()} {path}" for path, methods in api.get_openapi_schema()["paths"].items() for method in methods
    }
    assert set(re.findall(r"^### `([A-Z]+ \S+)`", page, re.MULTILINE)) == declared


@pytest.mark.parametrize("page", [README, TWIN, DOCS / "api.md", DOCS / "architecture.md", *GUIDES], ids=name)
def test_every_address_told_answers(page: Path) -> None:
    addresses = [each for each in quoted(page) if ADDRESSES.fullmatch(each)]
    assert [address for address in addresses if not _answers(address)] == []


def _answers(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def test_the_words_in_quotes_are_the_words_of_the_pages() -> None:
    """A guide quotes what a person reads on the screen, and the screen must say it."""
    sources = text(*(path for kind in ("*.html", "*.py", "*.csv") for path in CODE.rglob(kind)))
    sides = navigation.systems([*Role, *AccountKind])
    sources += "".join(entry.title for system in sides for entry in system.entries)
    words = {word for page in GUIDES for word in re.findall(r"“([^”]+)”", text(page))}
    assert sorted(word for word in words if word not in sources) == []
