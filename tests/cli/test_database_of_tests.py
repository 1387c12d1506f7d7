import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone


def _role_and_sessions() -> tuple[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        (role,) = cursor.fetchone()
    return role, Session.objects.count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_committing_test_gets_a_fresh_clone_as_serving(turn):
    assert _role_and_sessions() == ("yizheng_serving", 0)
    Session.objects.create(session_key=str(turn), expire_date=timezone.now())


@pytest.mark.django_db
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_rolls_back_as_serving(turn):
    assert _role_and_sessions() == ("yizheng_serving", 0)
    Session.objects.create(session_key=str(turn), expire_date=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_the_owner_looks_at_the_same_database(owner_connection):
    Session.objects.create(session_key="seen", expire_date=timezone.now())
    assert owner_connection.execute("select current_user::text, count(*) from django_session").fetchone() == (
        "yizheng_owner",
        1,
    )
