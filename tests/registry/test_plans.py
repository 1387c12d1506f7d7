"""Plans of the serving role on ten thousand loaded versions: questions about one subject never scan."""

import pytest
from django.db import connection

from tests.registry.posts import D
from tests.registry.sample.models import Post
from yizheng.registry import as_of, load_states, rollback
from yizheng.registry.models import Subject

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = """select id subject_id, 'main' line, date '2020-01-01' + %s valid_from, date '9999-12-31' valid_to,
          1 authority_scope, %s title, 0 grade, null::bigint place_id from registry_subject"""


@pytest.fixture
def loaded(register, decide):
    """Ten thousand people with a post each, loaded as one change."""
    with decide(kind="intake") as change:
        Subject.objects.bulk_create(Subject(kind="person", opened=change.id) for _ in range(10_000))
        outcome = load_states(change, Post, ROWS, [0, "住院医师"])
    assert (outcome.stated, outcome.unchanged, outcome.closed) == (10_000, 0, 0)
    return change


def test_ten_thousand_rows_close_and_open_and_roll_back_in_a_few_statements(
    loaded, decide, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20), decide(kind="intake") as change:
        outcome = load_states(change, Post, ROWS, [366, "主治医师"])
    assert (outcome.stated, outcome.closed) == (10_000, 10_000)
    assert Post.objects.current().count() == 20_000
    with django_assert_max_num_queries(250):
        rollback(change.id, actor=1, approved_by=2, reason="误导入")
    assert set(Post.objects.current().values_list("title", flat=True)) == {"住院医师"}
    assert Post.objects.known(change.position).count() == 20_000


@pytest.mark.parametrize("known", [None, 1])
def test_one_subject_as_of_a_day_uses_the_index(loaded, decide, known):
    for _ in range(20):
        with decide():
            pass
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("yizheng_serving",)
    person = Subject.objects.latest("pk")
    plan = as_of(Post, person, valid=D("2024-01-01"), known=known).explain()
    assert "Index Scan" in plan
    assert "Seq Scan on sample_post" not in plan
