"""Writers at the same time: late committers, two on one subject, two rollbacks, sealing beside them."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.registry.posts import D, put, spans
from tests.registry.sample.models import Post
from yizheng.registry import latest_position, position_at, rollback
from yizheng.registry.failures import NotUndoable
from yizheng.registry.models import Change

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Carry out each act in a thread with a connection of its own; results, or the exceptions raised."""

    def closing(act):
        try:
            return act()
        except Exception as error:  # noqa: BLE001 whatever one of them ends with is its result
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(closing, acts))


@pytest.fixture
def people(register, decide):
    with decide() as change:
        found = [change.subject("person") for _ in range(2)]
        for person in found:
            put(change, person, "起", "2020-01-01")
    return found


def test_who_begins_first_and_commits_last_is_known_last(people, decide):
    early, late = people
    begun, may_finish = threading.Event(), threading.Event()

    def slow():
        with decide() as change:
            put(change, early, "慢", "2021-01-01")
            begun.set()
            assert may_finish.wait(10)
        return change

    def quick():
        assert begun.wait(10)
        with decide() as change:
            put(change, late, "快", "2021-01-01")
        before = latest_position()
        assert [title for *_, title in spans(early, known=before)] == ["起"]
        assert [title for *_, title in spans(late, known=before)] == ["起", "快"]
        may_finish.set()
        return change

    slow_change, quick_change = at_once(slow, quick)
    assert slow_change.id < quick_change.id
    assert slow_change.position == quick_change.position + 1
    assert slow_change.settled > quick_change.settled
    assert Change.objects.get(pk=slow_change.id).overtaken == quick_change.position
    known = quick_change.position
    assert [title for *_, title in spans(early, known=known)] == ["起"]
    assert [title for *_, title in spans(late, known=known)] == ["起", "快"]
    assert [title for *_, title in spans(early, known=known + 1)] == ["起", "慢"]
    assert [title for *_, title in spans(early, known=quick_change.settled)] == ["起"]
    assert [title for *_, title in spans(early, known=slow_change.settled)] == ["起", "慢"]


def test_what_is_unfinished_is_seen_by_current_and_not_by_known(people, decide):
    person = people[0]
    with decide() as change:
        put(change, person, "新", "2021-01-01")
        assert [title for *_, title in spans(person)] == ["起", "新"]
        assert [title for *_, title in spans(person, known=latest_position())] == ["起"]


def test_the_position_at_a_moment_waits_for_who_is_settling(people, decide):
    settled, asking = threading.Event(), threading.Event()

    def writer():
        with transaction.atomic():
            with decide() as change:
                put(change, people[0], "新", "2021-01-01")
            settled.set()
            assert asking.wait(10)
        return change.position

    def reader():
        assert settled.wait(10)
        moment = timezone.now()
        asking.set()
        return position_at(moment)

    written, read = at_once(writer, reader)
    assert read == written


def test_many_writers_on_one_subject_leave_one_unbroken_line(people, decide):
    person = people[0]

    def write(number):
        def act():
            with decide() as change:
                put(change, person, f"第{number}", f"202{number % 4}-01-01", f"202{number % 4 + 2}-06-01")
            return change.position

        return act

    positions = at_once(*(write(number) for number in range(8)))
    assert sorted(positions) == list(range(2, 10))
    line = spans(person)
    assert [end for _, end, _ in line[:-1]] == [start for start, _, _ in line[1:]]


def test_two_who_name_their_subjects_do_not_deadlock(people, decide):
    def write(first, second, title):
        def act():
            for _ in range(5):
                with decide(subjects=[first, second]) as change:
                    put(change, first, title, "2021-01-01")
                    put(change, second, title, "2021-01-01")

        return act

    one, other = people
    assert at_once(write(one, other, "甲"), write(other, one, "乙")) == [None, None]


def test_of_two_rollbacks_one_wins(people, decide):
    with decide() as change:
        put(change, people[0], "误", "2021-01-01")

    def undo():
        return rollback(change.id, actor=1, approved_by=2, reason="误录")

    results = at_once(undo, undo, undo)
    assert sum(isinstance(result, Change) for result in results) == 1
    assert sum(isinstance(result, NotUndoable) for result in results) == 2
    assert spans(people[0]) == [("2020-01-01", "…", "起")]


def test_a_rollback_and_a_later_change_at_once_never_lose_a_day(people, decide):
    with decide() as change:
        put(change, people[0], "误", "2021-01-01")

    def write():
        with decide() as later:
            put(later, people[0], "后", "2022-01-01")

    def undo():
        return rollback(change.id, actor=1, approved_by=2, reason="误录")

    at_once(undo, write)
    line = spans(people[0])
    assert line[-1][2] == "后"
    assert [end for _, end, _ in line[:-1]] == [start for start, _, _ in line[1:]]
    assert Post.objects.current().filter(subject=people[0], valid_from=D("2020-01-01")).count() == 1


def test_two_further_records_at_once_get_two_lines(people, decide):
    person, _ = people

    def further(title):
        with decide() as change:
            line = change.next_line(Post, person, "post:{}".format)
            put(change, person, title, "2022-01-01", line=line)
        return line

    lines = at_once(*(lambda n=n: further(f"第{n}") for n in range(6)))
    assert sorted(lines) == [f"post:{n}" for n in range(1, 7)]


def test_a_line_that_was_rolled_back_is_not_given_again(people, decide):
    person, _ = people
    with decide() as change:
        put(change, person, "误", "2022-01-01", line=change.next_line(Post, person, "post:{}".format))
    rollback(change.id, actor=1, approved_by=2, reason="误录")
    with decide() as change:
        assert change.next_line(Post, person, "post:{}".format) == "post:2"
