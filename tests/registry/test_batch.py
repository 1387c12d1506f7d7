"""A batch: what its changes say waits, is seen by whoever asks, and is written in as many statements for ten as for two."""

from typing import Any

import pytest
from django.db import connection

from tests.registry.posts import D, put, spans
from tests.registry.sample.models import Assessment, Post
from yizheng.kernel.remembering import Memory
from yizheng.registry import ChangeKind, changing
from yizheng.registry.models import Subject
from yizheng.registry.verbs import Cause, changing_many

pytestmark = pytest.mark.django_db


def people(number: int) -> list[Subject]:
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        return [change.subject("person") for _ in range(number)]


def statements_of(number: int) -> int:
    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    persons = people(number)
    causes = [Cause(1, f"case:{person.pk}") for person in persons]
    with connection.execute_wrapper(note), changing_many(ChangeKind.DECISION, causes, subjects=persons) as changes:
        for change, person in zip(changes, persons, strict=True):
            put(change, person, "住院医师", "2020-01-01")
            change.event(Assessment, person, "2020", {"result": "合格"}, happened_on=D("2020-05-01"), authority_scope=1)
    return len(asked)


def test_ten_cost_as_many_statements_as_two(register):
    assert statements_of(10) == statements_of(2)


def test_each_change_of_a_batch_has_its_own_position_in_the_order_named(register):
    persons = people(3)
    with changing_many(ChangeKind.DECISION, [Cause(1, f"case:{n}") for n in range(3)]) as changes:
        for change, person in zip(changes, reversed(persons), strict=True):
            put(change, person, "住院医师", "2020-01-01")
    first = changes[0].position
    assert first is not None
    assert [change.position for change in changes] == [first, first + 1, first + 2]
    assert [Post.objects.get(subject=person).opened for person in reversed(persons)] == [each.id for each in changes]


def test_who_asks_sees_what_was_said(register, decide):
    with decide() as change:
        person = change.subject("person")
        said = put(change, person, "住院医师", "2020-01-01")
        assert said.pk is None
        assert spans(person) == [("2020-01-01", "…", "住院医师")]
        assert said.pk == Post.objects.get().pk


def test_a_line_spoken_of_twice_is_spliced_twice(register, decide):
    with decide() as change:
        person = change.subject("person")
        put(change, person, "住院医师", "2020-01-01")
        put(change, person, "主治医师", "2022-01-01")
        change.end(Post, person, "main", on=D("2024-01-01"))
    assert spans(person) == [("2020-01-01", "2022-01-01", "住院医师"), ("2022-01-01", "2024-01-01", "主治医师")]


def test_two_changes_of_a_batch_may_speak_of_one_line_in_their_order(register):
    (person,) = people(1)
    with changing_many(ChangeKind.DECISION, [Cause(1, "case:1"), Cause(1, "case:2")]) as (first, second):
        put(first, person, "住院医师", "2020-01-01")
        put(second, person, "主治医师", "2022-01-01")
    assert spans(person, known=first.position) == [("2020-01-01", "…", "住院医师")]
    assert [title for _, _, title in spans(person)] == ["住院医师", "主治医师"]


def test_what_is_shared_is_written_once_for_all_after_the_facts(register):
    persons, written = people(2), []

    def write(titles: list[str]) -> None:
        written.append((titles, Post.objects.count()))

    with changing_many(ChangeKind.DECISION, [Cause(1, "case:1"), Cause(1, "case:2")]) as changes:
        for change, person, title in zip(changes, persons, ("甲", "乙"), strict=True):
            put(change, person, title, "2020-01-01")
            change.share(write, title)
    assert written == [(["甲", "乙"], 2)]


def test_a_memory_of_a_subject_forgets_it_when_something_is_said_of_it(register, decide):
    titles: Memory[int, list[str]] = Memory("test_titles", of=int)

    def known(person: Subject) -> list[str]:
        return titles.ask(person.pk, lambda: [title for _, _, title in spans(person)])

    with decide() as change, titles.block():
        one, other = change.subject("person"), change.subject("person")
        assert known(one) == known(other) == []
        put(change, one, "住院医师", "2020-01-01")
        assert known(one) == ["住院医师"]
        assert known(other) == []
