"""Work on the rows of a few keys reads no table whole, whatever the statistics say of it."""

import pytest
from django.db import connection, transaction

from yizheng.registry.planning import by_keys

pytestmark = pytest.mark.django_db


def said(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return "\n".join(str(row[0]) for row in cursor.fetchall())


def test_within_the_block_a_few_hundred_keys_are_looked_up_by_their_index() -> None:
    keys = ",".join(map(str, range(300)))
    question = f"explain select cause from registry_change where id in ({keys})"
    with by_keys():
        assert "Seq Scan" not in said(question)
        assert said("show enable_seqscan") == "off"
    assert said("show enable_seqscan") == "on"


def test_a_fault_within_the_block_leaves_nothing_of_it() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(), by_keys():
        raise ZeroDivisionError
    assert said("show enable_seqscan") == "on"
