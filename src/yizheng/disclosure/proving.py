"""The public register proved: every entry is what the facts say now, nobody is missing, nobody stands there without being due."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import Model
from django.forms.models import model_to_dict

from yizheng.disclosure.publishing import CHUNK
from yizheng.disclosure.rows import row_of
from yizheng.disclosure.sources import Source, sources
from yizheng.people.scope import acting_as_system
from yizheng.registry.seals.verification import proof

_NOT_COMPARED = frozenset({"pk", "token", "refreshed"})


@proof("公示")
def differing() -> Iterator[str]:
    """Entries that differ from the register, are missing, or are not due."""
    for source in sources():
        with acting_as_system(f"核验公示 {source.register.code}"):
            yield from _of_source(source)


def _of_source(source: Source) -> Iterator[str]:
    title, code, seen = source.register.title, source.register.code, set[int]()
    subjects = iter(list(source.subjects()))
    while chunk := list(islice(subjects, CHUNK)):
        shown = source.entry.objects.filter(register=code, subject__in=chunk)
        entries = {entry.subject: entry for entry in shown}
        for record in source.records(chunk):
            seen.add(record.subject)
            entry = entries.get(record.subject)
            if entry is None:
                yield f"{title}主体 {record.subject} 应公示而没有公示"
            elif wrong := _differences(row_of(code, record, entry.refreshed), entry):
                yield f"{title}主体 {record.subject} 的公示与登记不符（{'、'.join(wrong)}）"
    standing = source.entry.objects.filter(register=code).values_list("subject", flat=True)
    for subject in sorted(set(standing) - seen):
        yield f"{title}主体 {subject} 不应公示而有公示"


def _differences(due: Model, shown: Model) -> list[str]:
    """Names of the columns that are not the same."""
    now, then = model_to_dict(due), model_to_dict(shown)
    return [name for name in now if name not in _NOT_COMPARED and _plain(now[name]) != _plain(then[name])]


def _plain(value: object) -> object:
    """Tuples as the lists that JSON gives back."""
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
