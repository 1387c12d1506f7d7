"""Finding people by name, from the staff side: whole name, any two neighbouring characters, pinyin, initials.

Keys are rows (see ``models.search``) and fall under row security, so the search finds only whom the account may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import ClassVar

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from yizheng.kernel.names.search import KeyKind, query_keys, search_keys
from yizheng.people.models import SearchKey, SearchKind
from yizheng.people.reach import Actor
from yizheng.people.visibility import ScopedQuerySet
from yizheng.registry.models import Subject
from yizheng.registry.writing import Known, insert_many

MOST = 50
_BY_LETTERS = 1000


class VisibleKeys(ScopedQuerySet[SearchKey]):
    """Search keys by the scope whose staff they are for."""

    scope_columns: ClassVar[tuple[str, ...]] = ("scope_id",)


@dataclass(frozen=True, slots=True)
class Found:
    """A subject the account may see, with the name it was found under."""

    subject_id: int
    name: str


def index_name(subject: Subject | int, name: str, scopes: Iterable[int], *, person: bool = True) -> None:
    """Let staff of each scope find the subject under this name, in place of a former one there."""
    subject_id = _id(subject)
    wanted = set(scopes)
    SearchKey.objects.filter(subject_id=subject_id, scope_id__in=wanted).delete()
    insert_many(_keys(subject_id, name, wanted, person))


def index_names(rows: Sequence[tuple[int, str, int]], *, person: bool = True) -> None:
    """Index many new names (subject, name, scope) at once, for intake and the demonstration city."""
    keys = [key for subject_id, name, scope in rows for key in _keys(subject_id, name, {scope}, person)]
    insert_many(keys, Known.KEPT)


def rename_many(rows: Sequence[tuple[int, str, int]]) -> None:
    """As ``index_name`` for many persons (subject, name, scope) at once."""
    for scope in {scope for _, _, scope in rows}:
        subjects = [subject_id for subject_id, _, other in rows if other == scope]
        SearchKey.objects.filter(subject_id__in=subjects, scope_id=scope).delete()
    index_names(rows)


@dataclass(frozen=True, slots=True)
class NamesToCopy:
    """Names of persons new to a scope and the keys of each distinct one, as lines to copy."""

    keys: str
    names: str


def names_to_copy(rows: Sequence[tuple[int, str]]) -> NamesToCopy:
    """What ``copy_names`` takes of (subject, name), read without the database: each distinct name once."""
    numbers: dict[str, int] = {}
    for _, name in rows:
        numbers.setdefault(name, len(numbers))
    keys = "".join(
        f"{number}\t{kind.value}\t{key[:_LONGEST_KEY]}\n"
        for name, number in numbers.items()
        for kind, key in search_keys(name)
    )
    return NamesToCopy(keys, "".join(f"{subject_id}\t{numbers[name]}\n" for subject_id, name in rows))


def copy_names(names: NamesToCopy, scope: int) -> None:
    """As ``index_names`` for a million persons who have no key in ``scope`` yet."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_INCOMING_NAMES)
        with cursor.copy("copy people_incoming_key (name, kind, key) from stdin") as copy:
            copy.write(names.keys)
        with cursor.copy("copy people_incoming_name (subject_id, name) from stdin") as copy:
            copy.write(names.names)
        cursor.execute("analyze people_incoming_key, people_incoming_name")
        cursor.execute(_KEYS_OF_NAMES, [scope])
        cursor.execute("drop table people_incoming_key, people_incoming_name")


_LONGEST_KEY = 120
_INCOMING_NAMES = """
create temp table people_incoming_key (name integer, kind text, key text) on commit drop;
create temp table people_incoming_name (subject_id bigint, name integer) on commit drop
"""
# In the order of the index, so that its pages are written one after the other.
_KEYS_OF_NAMES = """
insert into people_searchkey (subject_id, kind, key, scope_id)
select n.subject_id, k.kind, k.key, %s from people_incoming_key k join people_incoming_name n on n.name = k.name
order by k.key, k.kind, n.subject_id
"""


def forget_name(subject: Subject | int, scopes: Iterable[int]) -> None:
    """Staff of these scopes no longer find the subject by name."""
    SearchKey.objects.filter(subject_id=_id(subject), scope_id__in=set(scopes)).delete()


def find_people(text: str, actor: Actor, limit: int = 20) -> list[Found]:
    """The subjects whose name matches, in order of name; at most ``limit`` (never more than fifty).

    Chinese of two characters or more is found anywhere in a name, one character only at its beginning; letters as
    the beginning of the pinyin or the initials. An empty text finds nobody.
    """
    visible = VisibleKeys(SearchKey).visible_to(actor)
    named = visible.filter(fitting(visible, text), kind=SearchKind.NAME).order_by("key", "subject_id")
    rows = named.values_list("subject_id", "key").distinct()[: min(limit, MOST)]
    return [Found(subject_id, name) for subject_id, name in rows]


def named(subject: Subject | int, actor: Actor) -> Found | None:
    """The subject under the name by which the account may find it, or nothing where it may not."""
    visible = VisibleKeys(SearchKey).visible_to(actor).filter(subject_id=_id(subject), kind=SearchKind.NAME)
    name = visible.order_by("key").values_list("key", flat=True).first()
    return None if name is None else Found(_id(subject), name)


def fitting(keys: QuerySet[SearchKey], text: str) -> Q:
    """Which rows of whole names ``text`` finds among ``keys``: by all its pairs, by its beginning, or by letters; else none.

    Pairs are looked up within each other, so a rare pair makes a common one cheap. Letters that thousands of names begin
    with are asked for the first thousand of each kind only: nobody reads further, and the cost stays bounded.
    """
    alternatives = query_keys(text).alternatives
    subjects: set[int] = set()
    for kind, wanted in alternatives:
        if kind is KeyKind.BIGRAM:
            pairs = (keys.filter(kind=kind, key=pair).values("subject_id") for pair in wanted)
            return reduce(and_, (Q(subject_id__in=found) for found in pairs))
        beginning = Q(kind=kind, key__gte=wanted[0], key__lt=_after(wanted[0]))
        if len(alternatives) == 1:
            return beginning
        found = keys.filter(beginning).order_by("key").values_list("subject_id", flat=True)
        subjects.update(found[:_BY_LETTERS])
    return Q(subject_id__in=subjects)


def _after(prefix: str) -> str:
    """The least text greater than every text with this prefix; comparison stays leak-proof, LIKE would not."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def _keys(subject_id: int, name: str, scopes: Iterable[int], person: bool) -> list[SearchKey]:
    return [
        SearchKey(subject_id=subject_id, kind=kind, key=key, scope_id=scope)
        for scope in scopes
        for kind, key in search_keys(name, person=person)
    ]


def _id(subject: Subject | int) -> int:
    return subject if isinstance(subject, int) else int(subject.pk)
