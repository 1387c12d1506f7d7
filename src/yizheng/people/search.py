"""Finding people by name, from the staff side: whole name, any two neighbouring characters, pinyin, initials.

Keys are rows (see ``models.search``) and fall under row security, so the search finds only whom the account may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Count, QuerySet

from yizheng.kernel.names.search import query_keys, search_keys
from yizheng.people.models import SearchKey, SearchKind
from yizheng.people.reach import Actor
from yizheng.people.visibility import ScopedQuerySet
from yizheng.registry.models import Subject

MOST = 50


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
    SearchKey.objects.bulk_create(_keys(subject_id, name, wanted, person))


def index_names(rows: Sequence[tuple[int, str, int]], *, person: bool = True) -> None:
    """Index many new names (subject, name, scope) at once, for intake and the demonstration city."""
    keys = [key for subject_id, name, scope in rows for key in _keys(subject_id, name, {scope}, person)]
    SearchKey.objects.bulk_create(keys, batch_size=5000, ignore_conflicts=True)


def rename_many(rows: Sequence[tuple[int, str, int]]) -> None:
    """As ``index_name`` for many persons (subject, name, scope) at once."""
    for scope in {scope for _, _, scope in rows}:
        subjects = [subject_id for subject_id, _, other in rows if other == scope]
        SearchKey.objects.filter(subject_id__in=subjects, scope_id=scope).delete()
    index_names(rows)


def forget_name(subject: Subject | int, scopes: Iterable[int]) -> None:
    """Staff of these scopes no longer find the subject by name."""
    SearchKey.objects.filter(subject_id=_id(subject), scope_id__in=set(scopes)).delete()


def find_people(text: str, actor: Actor, limit: int = 20) -> list[Found]:
    """The subjects whose name matches, in order of name; at most ``limit`` (never more than fifty).

    Chinese of two characters or more is found anywhere in a name, one character only at its beginning; letters as
    the beginning of the pinyin or the initials. An empty text finds nobody.
    """
    limit = min(limit, MOST)
    subjects: dict[int, None] = {}
    for kind, keys in query_keys(text).alternatives:
        matching = _matching(VisibleKeys(SearchKey).visible_to(actor), SearchKind(kind), keys)
        subjects |= dict.fromkeys(matching[: limit * 2])
    named = VisibleKeys(SearchKey).visible_to(actor).filter(subject_id__in=subjects, kind=SearchKind.NAME)
    names = dict(named.values_list("subject_id", "key"))
    found = sorted((name, subject_id) for subject_id, name in names.items())
    return [Found(subject_id, name) for name, subject_id in found[:limit]]


def _matching(
    visible: QuerySet[SearchKey], kind: SearchKind, keys: tuple[str, ...]
) -> QuerySet[SearchKey, int]:
    """Subjects with all of the bigrams, or with one key that begins so."""
    if kind is not SearchKind.BIGRAM:
        beginning = visible.filter(kind=kind, key__gte=keys[0], key__lt=_after(keys[0]))
        return beginning.order_by("key").values_list("subject_id", flat=True)
    of_kind = visible.filter(kind=kind, key__in=keys).values("subject_id")
    whole = of_kind.annotate(matched=Count("key", distinct=True)).filter(matched=len(keys))
    return whole.order_by("subject_id").values_list("subject_id", flat=True)


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
