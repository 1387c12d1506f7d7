"""Plans that do not depend on luck: work on the rows of a few keys goes by the indexes of those keys.

The planner judges by statistics that somebody collects now and then. Just after many rows were written it takes a few hundred
keys for most of the table and reads the table whole, each portion more of it than the one before.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def by_keys() -> Iterator[None]:
    """Within the block, and the transaction it stands in, tables are read by their indexes wherever one fits the question."""
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
    yield
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = on")
