"""Bulk statements cost three times as much for three times as many rows, whatever the statistics say of the rows.

Nothing is analysed by itself in these databases (`autovacuum` is off): the tables were last analysed when they were empty.
"""

from typing import Any

import pytest

from tests.counting_rows import RowsPassed, rows_passed
from tests.registry.sample.models import Assessment, Post
from yizheng.registry import latest_position, load_states, rollback
from yizheng.registry.models import Subject
from yizheng.registry.rolling_back.restoring import Wanted, restore_known
from yizheng.registry.rolling_back.undoing import preview_rollback
from yizheng.registry.writer.bulk import append

pytestmark = pytest.mark.django_db(transaction=True)
FEW, MANY = 1_000, 3_000

POSTS = """select id subject_id, 'main' line, date '2020-01-01' + %s valid_from, date '9999-12-31' valid_to,
           1 authority_scope, %s title, 0 grade, null::bigint place_id from registry_subject where id >= %s"""
PASSED = """select id subject_id, '考核' line, date '2021-01-01' valid_from, date '2021-01-02' valid_to,
            1 authority_scope, '合格' result from registry_subject where id >= %s"""


class Batches:
    """People with a post each, and what was written about them since, all of it by batches."""

    def __init__(self, decide: Any, number: int) -> None:
        self.decide = decide
        with decide(kind="intake") as change:
            made = Subject.objects.bulk_create(Subject(kind="person", opened=change.id) for _ in range(number))
            self.first = made[0].pk
            load_states(change, Post, POSTS, [0, "住院医师", self.first])
        self.founded = int(change.id)
        self.before = latest_position()

    def promoted(self) -> int:
        """Every post changed by one batch."""
        with self.decide(kind="intake") as change:
            load_states(change, Post, POSTS, [366, "主治医师", self.first])
        return int(change.id)

    def assessed(self) -> int:
        """Something of another kind about everybody."""
        with self.decide(kind="intake") as change:
            append(change, Assessment, PASSED, [self.first])
        return int(change.id)


def undo(change: int) -> None:
    rollback(change, actor=1, approved_by=2, reason="误导入")


def a_batch_is_rolled_back(batches: Batches) -> None:
    undo(batches.promoted())


def what_a_rollback_opened_again_is_rolled_back(batches: Batches) -> None:
    undo(batches.promoted())
    undo(batches.founded)


def nobody_is_left_without_an_identity(batches: Batches) -> None:
    batches.assessed()
    assert len(preview_rollback(batches.founded).refused) > FEW / 2


def what_decisions_rely_on_is_refused(batches: Batches) -> None:
    with batches.decide() as later:
        later.relies_on("case:5", Post.objects.filter(opened=batches.founded))
    assert len(preview_rollback(batches.founded).refused) > FEW / 2


def what_was_known_is_restored(batches: Batches) -> None:
    wanted = Wanted.of_change(batches.promoted(), batches.before)
    restore_known(wanted, actor=1, approved_by=2, reason="数据丢失")


def a_batch_is_loaded_again(batches: Batches) -> None:
    batches.promoted()
    batches.promoted()


@pytest.mark.parametrize(
    "act",
    [
        a_batch_is_rolled_back,
        what_a_rollback_opened_again_is_rolled_back,
        nobody_is_left_without_an_identity,
        what_decisions_rely_on_is_refused,
        what_was_known_is_restored,
        a_batch_is_loaded_again,
    ],
)
def test_three_times_the_rows_cost_three_times_as_much(register, decide, monkeypatch, act) -> None:
    monkeypatch.setattr(Post, "founds_subject", True)
    register.execute("analyze")
    register.commit()
    asked: list[RowsPassed] = []
    for number in (FEW, MANY):
        batches = Batches(decide, number)
        with rows_passed() as passed:
            act(batches)
        asked.append(passed)
    few, many = asked
    dear = [f"{rows:,} {sql[:3000]}" for rows, sql in many.of if rows > 100 * MANY]
    assert dear == []
    assert many.total < 5 * few.total
