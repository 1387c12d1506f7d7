"""Staff find people by name, within what they may see."""

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.cast import Place, new_subject
from yizheng.people.models import Account, NameKey, Scope, SearchName
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.people.scopes import open_to
from yizheng.people.searching.search import (
    copy_names,
    everybody,
    find_institutions,
    find_people,
    forget_name,
    index_name,
    index_names,
    names_to_copy,
)

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


def test_a_new_name_takes_the_place_of_the_former(people: dict[str, int], acceptor: Account, haidian: Scope) -> None:
    with acting_as(acceptor):
        index_name(people["林知遥"], "林远舟", [haidian.pk])
    assert found("林知遥", acceptor) == []
    assert found("远舟", acceptor) == ["林远舟"]
    with acting_as(acceptor):
        forget_name(people["林知遥"], [haidian.pk])
    assert found("远舟", acceptor) == []
    assert SearchName.objects.count() == 0


def test_an_institution_finds_its_staff(people: dict[str, int], institution: Place, stranger: Account) -> None:
    open_to(people["沈一诺"], institution.scope.pk, "test")
    assert found("沈一", institution.operator) == ["沈一诺"]
    assert found("shen", institution.operator) == ["沈一诺"]
    assert found("沈", institution.operator) == ["沈一诺"]
    with acting_as(institution.operator):
        assert [each.name for each in everybody(institution.operator)] == ["沈一诺"]
    assert found("林知", institution.operator) == []
    assert found("沈一", stranger) == []


def test_pages_follow_one_another_in_order_of_name_and_person(
    acceptor: Account, haidian: Scope, chaoyang: Scope
) -> None:
    names = ["林知遥"] * 4 + ["林知远"] * 3 + ["林知"]
    made = [(int(new_subject("person").pk), name) for name in names]
    with acting_as_system("test"):
        index_names([(subject, name, scope.pk) for subject, name in made for scope in (haidian, chaoyang)])
    expected = [subject for subject, _ in sorted(made, key=lambda each: (each[1], each[0]))]
    with acting_as(acceptor):
        for ask in (everybody, lambda *asked: find_people("林知", *asked)):
            pages, behind = [], None
            while part := ask(acceptor, 3, behind):
                pages.append([each.subject_id for each in part])
                behind = part[-1]
            assert pages == [expected[:3], expected[3:6], expected[6:]]


def test_a_name_known_elsewhere_shows_nobody(
    people: dict[str, int], acceptor: Account, other_district_clerk: Account
) -> None:
    assert NameKey.objects.filter(name="沈一诺").exists()
    assert found("沈一诺", acceptor) == []
    assert found("沈一诺", other_district_clerk) == ["沈一诺"]


def test_keys_stand_once_however_many_bear_the_name(people: dict[str, int], haidian: Scope) -> None:
    before = NameKey.objects.count()
    with acting_as_system("test"):
        index_names([(int(new_subject("person").pk), "林知遥", haidian.pk) for _ in range(3)])
        copy_names(names_to_copy([(int(new_subject("person").pk), "林知遥")]), haidian.pk)
        assert SearchName.objects.filter(name="林知遥").count() == 5
    assert NameKey.objects.count() == before


def test_a_name_written_otherwise_brings_its_own_keys(acceptor: Account, haidian: Scope) -> None:
    first, second = int(new_subject("person").pk), int(new_subject("person").pk)
    with acting_as_system("test"):
        index_name(first, "AnnaSmith", [haidian.pk])
        index_name(second, "Anna Smith", [haidian.pk])
    assert found("as", acceptor) == ["annasmith", "annasmith"]


def test_persons_and_institutions_are_asked_for_apart(acceptor: Account, haidian: Scope) -> None:
    person, house = int(new_subject("person").pk), int(new_subject("institution").pk)
    with acting_as_system("test"):
        index_name(person, "查康", [haidian.pk])
        index_name(house, "查康医院", [haidian.pk], person=False)
        assert [each.subject_id for each in find_institutions("查康")] == [house]
        assert [each.subject_id for each in find_institutions("chakang")] == [house]
        assert find_institutions("zhakang") == []
    assert found("查康", acceptor) == ["查康"]
    assert found("zhakang", acceptor) == ["查康"]


def test_of_two_names_in_one_scope_the_last_holds_and_an_empty_one_is_none(acceptor: Account, haidian: Scope) -> None:
    person = int(new_subject("person").pk)
    with acting_as_system("test"):
        index_names([(person, "林甲", haidian.pk), (person, "林乙", haidian.pk)])
    assert found("林", acceptor) == ["林乙"]
    with acting_as_system("test"):
        index_name(person, "··", [haidian.pk])
    assert found("林", acceptor) == []


@pytest.mark.parametrize("statement", ["update people_namekey set key = 'x'", "delete from people_namekey"])
def test_who_serves_adds_keys_of_names_and_changes_none(people: dict[str, int], statement: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
