"""Finding people by name, from the staff side: whole name, any two neighbouring characters, pinyin, initials.

The keys of a name stand once, whoever bears it; who bears it stands under row security, so the search finds only whom
the account may see (``models.search``). A search reads names by their keys, in order, and for each the first of those
who bear it and are in sight, until the page is full.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from yizheng.kernel.names.folding import fold_name
from yizheng.kernel.names.search import KeyKind, query_keys, search_keys
from yizheng.people.kinds import OUTSIDE
from yizheng.people.models import Access, Account, NameKey, SearchName
from yizheng.people.rights.reach import Actor
from yizheng.people.rights.visibility import ScopedQuerySet, reach_in_force

MOST = 200
_BY_LETTERS = 1000
_LONGEST = 120
_FEW = 8000


class VisibleNames(ScopedQuerySet[SearchName]):
    """Who bears which name, by the scope whose staff may find her."""

    scope_columns: ClassVar[tuple[str, ...]] = ("scope_id",)


@dataclass(frozen=True, slots=True)
class Found:
    """A subject the account may see, with the name it was found under."""

    subject_id: int
    name: str


def index_name(subject_id: int, name: str, scopes: Iterable[int], *, person: bool = True) -> None:
    """Let staff of each scope find the subject under this name, in place of a former one there."""
    index_names([(subject_id, name, scope) for scope in scopes], person=person)


def index_names(rows: Iterable[tuple[int, str, int]], *, person: bool = True) -> None:
    """As ``index_name`` for many (subject, name, scope) at once; of two names in one scope the last holds."""
    given = {(subject_id, scope): name for subject_id, name, scope in rows}
    folded = {name: _folded(name) for name in set(given.values())}
    keys = [(*key, bare) for name, bare in folded.items() for key in _keys(name, person=person)]
    borne = [(*place, folded[name]) for place, name in given.items() if folded[name]]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_KEPT.format(given=_GIVEN_KEYS), [person, *_columns(keys), person])
            cursor.execute(_BORNE, [person, *_columns(borne)])
        for subject_id, scope in (place for place, name in given.items() if not folded[name]):
            forget_name(subject_id, [scope])


def _columns(rows: Sequence[tuple[Any, Any, Any]]) -> list[list[Any]]:
    return [[row[column] for row in rows] for column in range(3)]


@dataclass(frozen=True, slots=True)
class NamesToCopy:
    """Names of persons new to a scope, as lines to copy: who bears which, and the keys each distinct one is found by."""

    borne: str
    keys: str


def names_to_copy(rows: Sequence[tuple[int, str]]) -> NamesToCopy:
    """What ``copy_names`` takes of (subject, name), read without the database: each distinct name once."""
    folded, keys = {}, []
    for name in {name for _, name in rows}:
        folded[name] = _folded(name)
        keys.append("".join([f"{kind}\t{key}\t{folded[name]}\n" for kind, key in _keys(name, person=True)]))
    borne = "".join([f"{subject_id}\t{folded[name]}\n" for subject_id, name in rows if folded[name]])
    return NamesToCopy(borne, "".join(keys))


def copy_names(names: NamesToCopy, scope: int) -> None:
    """As ``index_names`` for a million persons who have no name in ``scope`` yet."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_INCOMING)
        for table, lines in (("people_incoming_key", names.keys), ("people_incoming_name", names.borne)):
            with cursor.copy(f"copy {table} from stdin") as copy:
                copy.write(lines)
        cursor.execute("analyze people_incoming_key")
        cursor.execute(_KEPT.format(given="people_incoming_key"), [True, True])
        cursor.execute(_COPIED, [scope])
        cursor.execute("drop table people_incoming_key, people_incoming_name")


_INCOMING = """
create temp table people_incoming_key (kind text, key text, name text) on commit drop;
create temp table people_incoming_name (subject_id bigint, name text) on commit drop
"""
# Keys that do not stand yet, in the order of their index.
_KEPT = """
insert into people_namekey (person, kind, key, name)
select distinct %s, given.kind, given.key, given.name from {given} given
where not exists (
    select from people_namekey k
    where k.person = %s and k.kind = given.kind and k.key = given.key and k.name = given.name
)
order by given.kind, given.key, given.name
"""
# In the order of the index, so that its pages are written one after the other.
_COPIED = """
insert into people_searchname (subject_id, scope_id, person, name)
select subject_id, %s, true, name from people_incoming_name order by name, subject_id
"""
_GIVEN_KEYS = "(select * from unnest(%s::text[], %s::text[], %s::text[]) one (kind, key, name))"
_BORNE = """
insert into people_searchname as kept (subject_id, scope_id, person, name)
select subject_id, scope_id, %s, name
from unnest(%s::bigint[], %s::integer[], %s::text[]) given (subject_id, scope_id, name)
order by name, subject_id, scope_id
on conflict (subject_id, scope_id) do update set person = excluded.person, name = excluded.name
where (kept.person, kept.name) <> (excluded.person, excluded.name)
"""


def _folded(name: str) -> str:
    return fold_name(name)[:_LONGEST]


def _keys(name: str, *, person: bool) -> list[tuple[str, str]]:
    """The keys the name is found by, each with what it is made of."""
    return [(kind.value, key[:_LONGEST]) for kind, key in search_keys(name, person=person)]


def forget_name(subject_id: int, scopes: Iterable[int]) -> None:
    """Staff of these scopes no longer find the subject by name."""
    SearchName.objects.filter(subject_id=subject_id, scope_id__in=set(scopes)).delete()


def names_of(subject_id: int) -> set[str]:
    """The names, folded, by which the subject is found in any scope in sight."""
    return set(SearchName.objects.filter(subject_id=subject_id).values_list("name", flat=True))


def find_people(
    text: str, actor: Actor, limit: int = 20, after: Found | None = None, among: Q | None = None
) -> list[Found]:
    """The persons whose name matches, in order of name, beginning behind ``after``; at most ``limit``, never over two hundred.

    Chinese of two characters or more is found anywhere in a name, one character only at its beginning; letters as
    the beginning of the pinyin or the initials. An empty text finds nobody. ``among`` narrows the bearers of names, by ``subject_id``.
    """
    most = None if isinstance(actor, Account) and actor.kind in OUTSIDE else _BY_LETTERS
    names = _names(text, person=True, most=most)
    return _in_sight(fitting(text, most=None), names, actor, limit, after, among)


def everybody(actor: Actor, limit: int = 20, after: Found | None = None, among: Q | None = None) -> list[Found]:
    """All persons the account may see, as ``find_people`` gives them."""
    names = _whole(NameKey.objects.filter(person=True))
    return _in_sight(Q(person=True), names, actor, limit, after, among)


def _in_sight(
    fits: Q, names: QuerySet[NameKey, Any], actor: Actor, limit: int, after: Found | None, among: Q | None
) -> list[Found]:
    """The bearers of these names whom the account may see; of few in sight those that fit."""
    limit, among = min(limit, MOST), among or Q()
    if sees_few(actor):
        few = VisibleNames(SearchName).of_subjects_open_to(actor).filter(fits)
        return _sorted(few.filter(among), limit, after)
    return _in_order(names, VisibleNames(SearchName).visible_to(actor).filter(among), limit, after)


def find_institutions(text: str, limit: int = 20) -> list[Found]:
    """The institutions in sight whose name matches, as ``find_people`` gives persons. Call it as the system."""
    return _in_order(_names(text, person=False), VisibleNames(SearchName).filter(person=False), min(limit, MOST))


def named(subject_id: int, actor: Actor) -> Found | None:
    """The subject under the name by which the account may find it, or nothing where it may not."""
    visible = VisibleNames(SearchName).visible_to(actor).filter(subject_id=subject_id)
    name = visible.order_by("name").values_list("name", flat=True).first()
    return None if name is None else Found(subject_id, name)


def fitting(text: str, most: int | None = _BY_LETTERS) -> Q:
    """Which rows of ``SearchName`` are persons that ``text`` finds, for a question that has an order of its own.

    With ``most`` None letters find every name they begin, which costs what all those names cost.
    """
    match query_keys(text).alternatives:
        case ((KeyKind.NAME, (beginning,)),):
            return Q(person=True, name__gte=beginning, name__lt=_behind(beginning))
    return Q(person=True, name__in=_names(text, person=True, most=most))


def fitting_singly(text: str) -> Q:
    """As ``fitting`` for a question that asks it bearer by bearer: names found by letters are read beforehand."""
    if len(query_keys(text).alternatives) < 2:
        return fitting(text)
    return Q(person=True, name__in=[name for (name,) in _names(text, person=True)])


def all_bearers(text: str, actor: Actor, most: int) -> list[int] | None:
    """All persons ``find_people`` finds; None when they are more than ``most``, or when Chinese fits a thousand names.

    An account that sees few people is told all of them.
    """
    if sees_few(actor):
        named = VisibleNames(SearchName).of_subjects_open_to(actor).filter(fitting(text, most=None))
        return list(named.values_list("subject_id", flat=True).distinct())
    names = _names(text, person=True)
    by_letters = len(query_keys(text).alternatives) > 1
    if not by_letters and names[:_BY_LETTERS].count() == _BY_LETTERS:
        return None
    found = _in_order(names, VisibleNames(SearchName).visible_to(actor), most + 1)
    return None if len(found) > most else list({each.subject_id: None for each in found})


def _names(text: str, *, person: bool, most: int | None = _BY_LETTERS) -> QuerySet[NameKey, Any]:
    """The names that fit: all its pairs, its beginning, or by letters.

    Pairs are looked up within each other, so a rare pair makes a common one cheap. Of letters that thousands of names
    begin with the first ``most`` names of each kind are read: nobody reads further, and the cost stays bounded.
    """
    keys = NameKey.objects.filter(person=person)
    alternatives = query_keys(text).alternatives
    if not alternatives:
        return keys.none()
    (kind, wanted), *others = alternatives
    if kind is KeyKind.BIGRAM:
        found = keys.filter(kind=kind, key=wanted[0])
        for pair in wanted[1:]:
            found = found.filter(name__in=keys.filter(kind=kind, key=pair).values("name"))
        return found.order_by("name").values_list("name").distinct()
    if not others:
        return _whole(keys.filter(_beginning(kind, wanted[0])))
    first, *more = (
        keys.filter(_beginning(kind, letters)).order_by("key", "name").values_list("name")[:most]
        for kind, (letters,) in alternatives
    )
    return first.union(*more).order_by("name")


def _whole(keys: QuerySet[NameKey]) -> QuerySet[NameKey, Any]:
    """Whole names: key and name are the same, and the index gives keys in order."""
    return keys.filter(kind=KeyKind.NAME).order_by("key").values_list("key").distinct()


def _in_order(
    names: QuerySet[NameKey, Any], bearers: QuerySet[SearchName], limit: int, after: Found | None = None
) -> list[Found]:
    """The first bearers in order of name and subject, read name by name, so that a full page ends the reading."""
    own = bearers.filter(name=RawSQL("n.name", ()))
    if after is not None:
        later = RawSQL("n.name > %s", (after.name,), output_field=BooleanField())
        own = own.filter(Q(later) | Q(subject_id__gt=after.subject_id))
    first = own.order_by("subject_id").values_list("subject_id").distinct()[:limit]
    try:
        names_sql, names_given = names.query.sql_with_params()
        own_sql, own_given = first.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"select n.name, s.subject_id from ({names_sql}) n (name) cross join lateral ({own_sql}) s (subject_id) "  # noqa: S608
            "where n.name >= %s order by n.name, s.subject_id limit %s",
            [*names_given, *own_given, after.name if after else "", limit],
        )
        return [Found(subject_id, name) for name, subject_id in cursor.fetchall()]


def sees_few(actor: Actor) -> bool:
    """A person or an institution that is no giant: whom they see is opened to them one by one, and can be read as a list.

    No name stands in their scopes. For an institution of more than eight thousand people reading names in order and
    stopping at a full page costs less than reading all of hers.
    """
    if not (isinstance(actor, Account) and actor.kind in OUTSIDE):
        return False
    access = reach_in_force(actor).access
    return not (access and Access.objects.filter(scope__in=access)[_FEW : _FEW + 1].exists())


def _sorted(bearers: QuerySet[SearchName], limit: int, after: Found | None) -> list[Found]:
    """As ``_in_order`` where few are in sight: all that fit are read and put in order."""
    if after is not None:
        bearers = bearers.filter(Q(name__gt=after.name) | Q(name=after.name, subject_id__gt=after.subject_id))
    rows = bearers.order_by("name", "subject_id").values_list("subject_id", "name").distinct()
    return [Found(subject_id, name) for subject_id, name in rows[:limit]]


def _beginning(kind: KeyKind, text: str) -> Q:
    """Keys that begin so: between the text and the least that is greater than all of them; LIKE would not be leak-proof."""
    return Q(kind=kind, key__gte=text, key__lt=_behind(text))


def _behind(text: str) -> str:
    """The least text greater than all that begin so."""
    return text[:-1] + chr(ord(text[-1]) + 1)
