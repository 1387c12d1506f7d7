"""回退: dependents refused and told, partial rollback, two persons, once."""

from collections.abc import Mapping

import pytest

from tests.registry.posts import put, spans
from tests.registry.sample.models import Post
from yizheng.registry import LineKey, preview_rollback, rollback, undo_own_change
from yizheng.registry.failures import NotUndoable, SamePerson
from yizheng.registry.models import Change, KeptLine
from yizheng.registry.rolling_back import undoing
from yizheng.registry.rolling_back.undoing import LineEffect, RollbackRefused

pytestmark = pytest.mark.django_db


def undo_by_two(change: int, keep: Mapping[LineKey, str] | None = None) -> Change:
    """Roll back as two persons do."""
    return rollback(change, actor=1, approved_by=2, reason="误录", keep=keep)


@pytest.fixture
def story(register, decide):
    """A person with two lines written by one change; the person and that change."""
    with decide() as change:
        person = change.subject("person")
        put(change, person, "甲", "2020-01-01", line="一")
        put(change, person, "甲", "2020-01-01", line="二")
    return person, change


def test_the_preview_tells_every_line_and_what_must_be_done_besides(story, monkeypatch):
    person, change = story
    monkeypatch.setattr(undoing, "_compensations", [])
    undoing.compensation(lambda undone: [f"变更 {undone.pk} 已发证书一份，须另行注销"])
    preview = preview_rollback(change.id)
    assert list(preview.lines()) == [
        LineEffect(LineKey("sample_post", person.pk, "一"), 1, 0),
        LineEffect(LineKey("sample_post", person.pk, "二"), 1, 0),
    ]
    assert preview.compensations == (f"变更 {change.id} 已发证书一份，须另行注销",)
    assert preview.refused == {}


def test_a_line_built_upon_is_refused_and_may_be_kept(story, decide):
    person, change = story
    with decide() as later:
        put(later, person, "乙", "2021-01-01", line="一")
    with pytest.raises(RollbackRefused, match=f"任职“一”（主体 {person.pk}）已被后来的变更 {later.id} 更改"):
        undo_by_two(change.id)
    keep = preview_rollback(change.id).refused
    undo_by_two(change.id, keep=keep)
    assert [title for *_, title in spans(person, "一")] == ["甲", "乙"]
    assert spans(person, "二") == []
    assert KeptLine.objects.get().why.startswith("任职“一”")


def test_once_the_later_change_is_rolled_back_the_line_is_free(story, decide):
    person, change = story
    with decide() as later:
        put(later, person, "乙", "2021-01-01", line="一")
    undo_by_two(later.id)
    undo_by_two(change.id)
    assert spans(person, "一") == spans(person, "二") == []


def test_what_a_standing_decision_relied_on_is_refused_until_it_falls(story, decide):
    person, change = story
    with decide() as decision:
        decision.relies_on("case:9", Post.objects.current().filter(line="二"))
        put(decision, person, "丙", "2021-01-01", line="三")
    with pytest.raises(RollbackRefused, match=f"是后来的决定（变更 {decision.id}）的依据"):
        undo_by_two(change.id)
    undo_by_two(decision.id)
    undo_by_two(change.id)
    assert spans(person, "二") == []


def test_a_period_filled_since_is_not_overwritten(story, decide):
    person, _ = story
    with decide() as ended:
        ended.end(Post, person, "一", on=Post.objects.current().get(line="一").valid_from)
    with decide() as later:
        put(later, person, "丁", "2023-01-01", line="一")
    with pytest.raises(RollbackRefused, match=f"拟恢复的期间内已有变更 {later.id} 的登记"):
        undo_by_two(ended.id)


def test_two_persons_are_needed(story):
    with pytest.raises(SamePerson):
        rollback(story[1].id, actor=1, approved_by=1, reason="误录")


def test_a_rollback_is_undone_once_and_nothing_is_undone_twice(story):
    person, change = story
    undo = undo_by_two(change.id)
    with pytest.raises(NotUndoable, match="已经回退过"):
        undo_by_two(change.id)
    redo = undo_by_two(undo.pk)
    assert [title for *_, title in spans(person, "一")] == ["甲"]
    with pytest.raises(NotUndoable, match="只能撤销一次"):
        undo_by_two(redo.pk)


def test_a_refused_rollback_leaves_nothing(story, decide):
    person, change = story
    with decide() as later:
        put(later, person, "乙", "2021-01-01", line="一")
    before = spans(person, "一"), spans(person, "二")
    with pytest.raises(RollbackRefused):
        undo_by_two(change.id)
    assert (spans(person, "一"), spans(person, "二")) == before


def test_a_procedure_takes_back_its_own_change_by_a_decision(story):
    person, change = story
    taken_back = undo_own_change(change.id, actor=1, reason="备案材料不实")
    assert (taken_back.kind, taken_back.undoes_id) == ("decision", change.id)
    assert spans(person, "一") == []
