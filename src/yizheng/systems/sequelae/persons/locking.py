"""One at a time about a person: who writes an opinion may not write the row of the person, so a lock of its own is taken."""

from django.db import connection

from yizheng.systems.sequelae.models import Person

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 16))"


def alone(person: Person) -> None:
    """Wait until nobody else writes about the person, and keep others waiting until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"sequelae:{person.pk}"])
