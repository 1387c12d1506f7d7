"""The names that facts refer to, looked up for all of them at once: subjects and authorities in one query, owners in one more."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone

from yizheng.documents.authorities import UnknownAuthority, authority
from yizheng.people.models import Account, Scope
from yizheng.people.visible_facts import visible
from yizheng.registry import kinds
from yizheng.registry.fields import SubjectField
from yizheng.registry.models import Fact
from yizheng.registry.wording.words import Names, Words


def names_for(versions: Iterable[Fact]) -> Names:
    """The names that these versions refer to."""
    kept = list(versions)
    subjects = {number for each in kept for number in _referred(each) if number is not None}
    scopes = {each.authority_scope for each in kept}
    found = Scope.objects.filter(Q(pk__in=scopes) | Q(subject_id__in=subjects))
    rows = list(found.values_list("pk", "subject_id", "name", "code"))
    return Names(
        {subject: name for _, subject, name, _ in rows if subject},
        {pk: office_name(code, name) for pk, _, name, code in rows if pk in scopes},
    )


def words_for(account: Account, versions: Iterable[Fact]) -> Words:
    """The words for versions of many subjects, with those subjects' names as far as the account may see them."""
    kept = list(versions)
    names = names_for(kept)
    return Words(Names(names.subjects, names.offices, _owners(account, kept)))


def people_named(account: Account, subjects: Iterable[int]) -> dict[int, tuple[str, str]]:
    """People's names as registered, each with the hint that tells namesakes apart."""
    words, found = Words(Names()), {}
    for kind in kinds():
        if kind.naming and kind.register is None:
            known = visible(kind).visible_to(account).as_of(timezone.localdate())
            for each in known.filter(subject_id__in=list(subjects)):
                found[each.subject_id] = (words.names.own(each), words.tell(kind.naming.hint, each))
    return found


def office_name(code: str, otherwise: str) -> str:
    """The full name of an authority by the code of its scope."""
    try:
        return authority(code).name
    except UnknownAuthority:
        return otherwise


def _referred(version: Fact) -> Iterable[int | None]:
    for field in version.typed_fields():
        if isinstance(field, SubjectField):
            yield getattr(version, field.attname)


def _owners(account: Account, versions: Sequence[Fact]) -> Mapping[int, str]:
    """The names last known of the subjects of versions that do not name them themselves; a query a kind that names."""
    nameless = [each for each in versions if type(each).naming is None]
    registers = {type(each).register for each in nameless}
    found: dict[int, str] = {}
    for kind in kinds():
        if kind.naming is None or not nameless or (kind.register and kind.register not in registers):
            continue
        rows: Any = visible(kind).visible_to(account)
        rows = rows.filter(subject_id__in={each.subject_id for each in nameless})
        found.update(rows.order_by("valid_from", "id").values_list("subject_id", kind.naming.field))
    return found
