from datetime import date

import pytest

from tests.registry.sample.models import Post
from yizheng.registry import FOREVER, as_of

pytestmark = pytest.mark.django_db
D = date.fromisoformat


def spans(model, subject, line="main"):
    rows = model.objects.current().filter(subject=subject, line=line).order_by("valid_from")
    return [(str(r.valid_from), "…" if r.valid_to == FOREVER else str(r.valid_to), r.title) for r in rows]


def put(change, subject, title, valid_from, valid_to=None, line="main"):
    return change.state(
        Post, subject, line, {"title": title}, valid_from=D(valid_from),
        valid_to=D(valid_to) if valid_to else FOREVER, authority_scope=1,
    )  # fmt: skip


def test_a_state_replaces_its_period_and_leaves_what_is_beside_it(register, decide):
    with decide() as change:
        person = change.subject("person")
        put(change, person, "住院医师", "2020-01-01")
    with decide() as change:
        put(change, person, "主治医师", "2022-01-01", "2023-01-01")
    assert spans(Post, person) == [
        ("2020-01-01", "2022-01-01", "住院医师"),
        ("2022-01-01", "2023-01-01", "主治医师"),
        ("2023-01-01", "…", "住院医师"),
    ]
    assert change.position == 2
    [then] = as_of(Post, person, valid=D("2022-06-01"), known=1)
    assert then.title == "住院医师"
