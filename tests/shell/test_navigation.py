"""The side shows an account what its roles may open, and nothing of systems that are not there."""

import pytest
from django.test import RequestFactory

from yizheng.people.models import Account
from yizheng.shell import navigation
from yizheng.shell.navigation import NavEntry, declare


@pytest.fixture(autouse=True)
def own_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_systems", {})
    declare("", "共有", [NavEntry("工作", "样本", "inbox", "shell:gallery", count=lambda account: 3)])
    declare("a", "甲系统", [NavEntry("登记簿", "甲簿", "books", "shell:home", frozenset({"reviewer"}))], order=2)
    declare("b", "乙系统", [NavEntry("数据", "乙表", "chart-bar", "shell:home", frozenset({"analyst"}))], order=1)


def test_a_role_sees_its_systems() -> None:
    assert [system.key for system in navigation.systems({"reviewer"})] == ["a"]
    assert [system.key for system in navigation.systems({"reviewer", "analyst"})] == ["b", "a"]


def test_shared_entries_come_first_with_what_waits() -> None:
    request = RequestFactory().get("/_gallery/")
    request.user = Account()
    request.resolver_match = None
    found = navigation.groups(request, navigation.current(request, {"reviewer"}), {"reviewer"})
    assert [group.title for group in found] == ["工作", "登记簿"]
    assert found[0].items[0].active
    assert found[0].items[0].count == 3


def test_an_entry_whose_page_is_not_installed_is_left_out() -> None:
    declare("c", "丙系统", [NavEntry("工作", "无页", "inbox", "nobody:nothing")])
    request = RequestFactory().get("/")
    request.user = Account()
    request.resolver_match = None
    system = next(system for system in navigation.systems({"reviewer"}) if system.key == "c")
    assert "无页" not in [
        item.title for group in navigation.groups(request, system, {"reviewer"}) for item in group.items
    ]


def test_a_group_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="navigation groups"):
        declare("d", "丁", [NavEntry("其他", "页", "inbox", "shell:home")])
