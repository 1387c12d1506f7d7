import pytest

from tests.registry.posts import D, put, spans
from tests.registry.sample.models import Assessment, Post
from yizheng.registry import as_of, load_states, rollback
from yizheng.registry.failures import MergeCircle
from yizheng.registry.models.identity import principal_of
from yizheng.registry.record import record_of

pytestmark = pytest.mark.django_db


def test_a_state_replaces_its_period_and_leaves_what_is_beside_it(register, decide):
    with decide() as change:
        person = change.subject("person")
        put(change, person, "住院医师", "2020-01-01")
    with decide() as change:
        put(change, person, "主治医师", "2022-01-01", "2023-01-01")
    assert spans(person) == [
        ("2020-01-01", "2022-01-01", "住院医师"),
        ("2022-01-01", "2023-01-01", "主治医师"),
        ("2023-01-01", "…", "住院医师"),
    ]
    assert change.position == 2
    [then] = as_of(Post, person, valid=D("2022-06-01"), known=1)
    assert then.title == "住院医师"


def test_a_change_is_rolled_back_and_the_rollback_undone(register, decide):
    with decide() as first:
        person = first.subject("person")
        put(first, person, "住院医师", "2020-01-01")
    with decide() as second:
        put(second, person, "主治医师", "2022-01-01")
        second.event(Assessment, person, "2022", {"result": "合格"}, happened_on=D("2022-05-01"), authority_scope=1)
    undo = rollback(second.id, actor=1, approved_by=2, reason="误录")
    assert spans(person) == [("2020-01-01", "…", "住院医师")]
    assert not Assessment.objects.current().exists()
    rollback(undo.pk, actor=1, approved_by=2, reason="原登记无误")
    assert [s[2] for s in spans(person)] == ["住院医师", "主治医师"]
    lines = [step.lines[-1] for step in reversed(record_of(person.pk, [Post.objects.all()]).steps())]
    assert [len(line.after) for line in lines] == [1, 2, 1, 2]


def test_a_bulk_load_splices_like_the_single_verb(register, decide):
    with decide() as change:
        person = change.subject("person")
        put(change, person, "住院医师", "2020-01-01")
    rows = """select %s::bigint subject_id, 'main' line, d::date valid_from, (d + interval '1 year')::date valid_to,
              1 authority_scope, '主治医师' title, 0 grade, null::bigint place_id
              from unnest(array['2021-01-01'::date, '2023-01-01']) d"""
    with decide(kind="intake") as change:
        outcome = load_states(change, Post, rows, [person.pk])
    assert (outcome.stated, outcome.unchanged, outcome.closed) == (2, 0, 1)
    assert spans(person) == [
        ("2020-01-01", "2021-01-01", "住院医师"),
        ("2021-01-01", "2022-01-01", "主治医师"),
        ("2022-01-01", "2023-01-01", "住院医师"),
        ("2023-01-01", "2024-01-01", "主治医师"),
        ("2024-01-01", "…", "住院医师"),
    ]
    with decide(kind="intake") as change:
        assert load_states(change, Post, rows, [person.pk]).unchanged == 2


def test_two_subjects_are_merged_and_split(register, decide):
    with decide() as change:
        one, other = change.subject("person"), change.subject("person")
        change.merge(other, one, valid_from=D("2024-01-01"), authority_scope=1)
        with pytest.raises(MergeCircle):
            change.merge(one, other, valid_from=D("2024-01-01"), authority_scope=1)
        change.split(other, on=D("2025-01-01"))
    assert principal_of(other.pk, D("2024-06-01")) == one.pk
    assert principal_of(other.pk, D("2025-06-01")) == other.pk
