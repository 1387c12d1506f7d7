"""Staff find people by name, within what they may see."""

from __future__ import annotations

import pytest

from tests.cast import Place, new_subject
from yizheng.people.models import Account, Scope, SearchKey
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.people.scopes import open_to
from yizheng.people.search import find_people, forget_name, index_name, index_names

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(haidian: Scope, chaoyang: Scope) -> dict[str, int]:
    names = {"林知遥": haidian, "林知远": haidian, "单于北风": haidian, "沈一诺": chaoyang}
    made = {name: int(new_subject("person").pk) for name in names}
    with acting_as_system("test"):
        index_names([(made[name], name, scope.pk) for name, scope in names.items()])
    return made


def found(text: str, account: Account, limit: int = 20) -> list[str]:
    with acting_as(account):
        return [person.name for person in find_people(text, account, limit)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("林知遥", ["林知遥"]),
        ("知遥", ["林知遥"]),
        ("林", ["林知远", "林知遥"]),
        ("林知", ["林知远", "林知遥"]),
        ("linzhi", ["林知远", "林知遥"]),
        ("LZY", ["林知远", "林知遥"]),
        ("chanyu", ["单于北风"]),
        ("沈一诺", []),
        ("王", []),
        ("", []),
        ("%", []),
    ],
)
def test_finding(people: dict[str, int], acceptor: Account, text: str, names: list[str]) -> None:
    assert sorted(found(text, acceptor)) == sorted(names)


def test_a_limit_holds(people: dict[str, int], acceptor: Account) -> None:
    assert len(found("林", acceptor, limit=1)) == 1


def test_a_new_name_takes_the_place_of_the_former(
    people: dict[str, int], acceptor: Account, haidian: Scope
) -> None:
    with acting_as(acceptor):
        index_name(people["林知遥"], "林远舟", [haidian.pk])
    assert found("林知遥", acceptor) == []
    assert found("远舟", acceptor) == ["林远舟"]
    with acting_as(acceptor):
        forget_name(people["林知遥"], [haidian.pk])
    assert found("远舟", acceptor) == []
    assert SearchKey.objects.count() == 0


def test_an_institution_finds_its_staff(
    people: dict[str, int], institution: Place, stranger: Account
) -> None:
    open_to(people["沈一诺"], institution.scope.pk, "test")
    assert found("沈一", institution.operator) == ["沈一诺"]
    assert found("林知", institution.operator) == []
    assert found("沈一", stranger) == []
