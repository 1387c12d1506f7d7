"""The registry against a naive model that keeps, after every change, what each line says of each day."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.registry.sample.models import Post
from yizheng.registry import FOREVER, as_of, load_states, preview_rollback, rollback
from yizheng.registry.failures import NothingToUndo, NotUndoable
from yizheng.registry.models import Change, Fact
from yizheng.registry.record import record_of
from yizheng.registry.rolling_back.undoing import RollbackRefused

pytestmark = pytest.mark.django_db

FIRST = date(2020, 1, 1)
DAYS = 9
LINES = ("一", "二")
Picture = dict[str, tuple[str | None, ...]]


@dataclass(frozen=True)
class Say:
    line: str
    start: int
    end: int
    title: str | None
    bulk: bool


@dataclass(frozen=True)
class Undo:
    back: int


spans = st.tuples(st.integers(0, DAYS - 1), st.integers(1, DAYS)).map(lambda s: (s[0], min(DAYS, s[0] + s[1])))
says = st.builds(
    lambda line, span, title, bulk: Say(line, span[0], span[1], title, bulk),
    st.sampled_from(LINES), spans, st.sampled_from(["甲", "乙", None]), st.booleans(),
)  # fmt: skip
acts = st.lists(st.one_of(st.lists(says, min_size=1, max_size=3), st.builds(Undo, st.integers(0, 5))), max_size=8)


def day(number: int) -> date:
    """The last day stands for all that follow."""
    return FOREVER if number == DAYS else FIRST + timedelta(days=number)


def put(change, person, say: Say) -> None:
    start, end = day(say.start), day(say.end)
    if say.title is None:
        met = Post.objects.current().filter(subject=person, line=say.line, valid_from__lt=end, valid_to__gt=start)
        if met.exists():
            change.clear(Post, person, say.line, valid_from=start, valid_to=end)
    elif say.bulk:
        rows = """select %s::bigint subject_id, %s line, %s::date valid_from, %s::date valid_to, 1 authority_scope,
                  %s title, 0 grade, null::bigint place_id"""
        load_states(change, Post, rows, [person.pk, say.line, start, end, say.title])
    else:
        change.state(Post, person, say.line, {"title": say.title}, valid_from=start, valid_to=end, authority_scope=1)


def expected_after(picture: Picture, says: list[Say]) -> Picture:
    found = {line: list(days) for line, days in picture.items()}
    for say in says:
        found[say.line][say.start : say.end] = [say.title] * (say.end - say.start)
    return {line: tuple(days) for line, days in found.items()}


def expected_undone(now: Picture, before: Picture, after: Picture, kept: set[str]) -> Picture:
    """For every day the change touched, what was known just before it."""
    return {
        line: now[line] if line in kept else tuple(
            was if was != became else is_now
            for is_now, was, became in zip(now[line], before[line], after[line], strict=True)
        )
        for line in LINES
    }  # fmt: skip


def picture(person, known=None) -> Picture:
    found: dict[str, list[str | None]] = {line: [None] * DAYS for line in LINES}
    for post in Post.objects.known(known).filter(subject=person):
        for number in range(DAYS):
            if post.in_force_on(day(number)):
                assert found[post.line][number] is None
                found[post.line][number] = post.title
    return {line: tuple(days) for line, days in found.items()}


class Story:
    """Acts carried out on one person, and the picture after each."""

    def __init__(self, decide) -> None:
        self.decide = decide
        with decide() as change:
            self.person = change.subject("person")
        self.changes: list[int] = [change.id]
        self.pictures: list[Picture] = [dict.fromkeys(LINES, (None,) * DAYS)]

    def say(self, says: list[Say]) -> None:
        with self.decide() as change:
            for say in says:
                put(change, self.person, say)
        self.note(change.id, expected_after(self.pictures[-1], says))

    def undo(self, back: int) -> None:
        target = max(1, len(self.changes) - 1 - back)
        if target >= len(self.changes):
            return
        kept: set[str] = set()
        change = self.changes[target]
        try:
            undone = rollback(change, actor=1, approved_by=2, reason="试")
        except (NotUndoable, NothingToUndo):
            return
        except RollbackRefused as refusal:
            assert target < len(self.changes) - 1, "nothing later, yet refused"
            kept = {refused.line for refused in refusal.refused}
            try:
                keep = preview_rollback(change).refused
                undone = rollback(change, actor=1, approved_by=2, reason="试", keep=keep)
            except NothingToUndo:
                return
        before, after = self.pictures[target - 1], self.pictures[target]
        self.note(undone.pk, expected_undone(self.pictures[-1], before, after, kept))

    def note(self, change: int, expected: Picture) -> None:
        self.changes.append(change)
        self.pictures.append(expected)
        assert picture(self.person) == expected


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=acts)
def test_any_story_agrees_with_the_model_on_both_axes(register, decide, acts):
    story = Story(decide)
    for act in acts:
        if isinstance(act, Undo):
            story.undo(act.back)
        else:
            story.say(act)
    positions = dict(Change.objects.filter(pk__in=story.changes).values_list("pk", "position"))
    for change, expected in zip(story.changes, story.pictures, strict=True):
        assert picture(story.person, positions[change]) == expected
        for number in (0, 4, DAYS - 1):
            found = as_of(Post, story.person, valid=day(number), known=positions[change])
            assert {post.line: post.title for post in found} == {
                line: days[number] for line, days in expected.items() if days[number]
            }
    assert_history_replays(story)


def assert_history_replays(story: Story) -> None:
    """Taking away `before` and adding `after`, step by step, gives what is open now."""
    standing: dict[int, Fact] = {}
    for step in reversed(record_of(story.person.pk, [Post.objects.all()]).steps()):
        for line in step.lines:
            for version in line.before:
                del standing[version.pk]
            standing.update({version.pk: version for version in line.after})
    open_now = Post.objects.current().filter(subject=story.person)
    assert set(standing) == set(open_now.values_list("pk", flat=True))
