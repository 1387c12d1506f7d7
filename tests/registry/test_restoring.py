"""恢复登记: a past state written as a change; what decisions rest on stays; two persons; and it can be rolled back."""

import pytest

from tests.registry.posts import put, spans
from tests.registry.sample.models import Post
from yizheng.registry import Knowledge, latest_position, rollback
from yizheng.registry.failures import NothingToUndo, SamePerson
from yizheng.registry.rolling_back.restoring import Wanted, preview_restoration, restore_known

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoiled(register, decide):
    """A person whose two lines were overwritten by a batch; the person, the position before it, and the batch."""
    with decide() as change:
        person = change.subject("person")
        put(change, person, "甲", "2020-01-01", line="一")
        put(change, person, "乙", "2020-01-01", line="二")
    before = latest_position()
    with decide(cause="batch:9") as batch:
        put(batch, person, "错", "2021-01-01", line="一")
        put(batch, person, "错", "2020-01-01", line="三")
    return person, before, batch


def restored(wanted):
    return restore_known(wanted, actor=1, approved_by=2, reason="数据丢失")


def test_the_preview_tells_each_line_that_differs(spoiled):
    person, before, _ = spoiled
    lines = preview_restoration(Wanted.of_subject(person.pk, before)).lines
    assert [(line.line.line, len(line.closing), len(line.opening)) for line in lines] == [("一", 2, 1), ("三", 1, 0)]


def test_the_state_is_again_what_was_known(spoiled):
    person, before, batch = spoiled
    then = [spans(person, line, Knowledge(before)) for line in ("一", "二", "三")]
    change = restored(Wanted.of_change(batch.id, before))
    assert [spans(person, line) for line in ("一", "二", "三")] == then
    assert (change.kind, change.approved_by_id) == ("correction", 2)
    assert change.cause == f"restore:change:{batch.id}@{before}"


def test_restoring_again_finds_nothing_and_it_can_be_rolled_back(spoiled):
    person, before, _ = spoiled
    now = [spans(person, line) for line in ("一", "二", "三")]
    change = restored(Wanted.of_subject(person.pk, before))
    with pytest.raises(NothingToUndo):
        restored(Wanted.of_subject(person.pk, before))
    rollback(change.pk, actor=1, approved_by=2, reason="恢复有误")
    assert [spans(person, line) for line in ("一", "二", "三")] == now


def test_a_line_that_a_decision_relied_on_stays_and_is_named(spoiled, decide):
    person, before, _ = spoiled
    with decide() as later:
        relied = Post.objects.filter(closed=None, line="三")
        later.relies_on("case:5", relied)
    preview = preview_restoration(Wanted.of_subject(person.pk, before))
    assert [line.line.line for line in preview.kept] == ["三"]
    assert f"变更 {later.id}" in preview.kept[0].kept
    restored(Wanted.of_subject(person.pk, before))
    assert spans(person, "三") != []


def test_two_persons_decide(spoiled):
    person, before, _ = spoiled
    with pytest.raises(SamePerson):
        restore_known(Wanted.of_subject(person.pk, before), actor=1, approved_by=1, reason="数据丢失")
