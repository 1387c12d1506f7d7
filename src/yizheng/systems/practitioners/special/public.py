"""What the public may know of special qualifications: of the types a register names, what they are about, while they hold."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from yizheng.disclosure.records import Note
from yizheng.systems.practitioners.models.special_qualification import SpecialQualificationFact

Notes = Callable[[Sequence[int], date], Mapping[int, tuple[Note, ...]]]
"""Of people what is told beside their registration while they may practise."""


def told(kind: type[SpecialQualificationFact], type_: str, label: str, words: Callable[[Any], str]) -> Notes:
    """The note of one type, in the ``words`` of each qualification that allows practice; one query for all people."""

    def notes(ids: Sequence[int], today: date) -> Mapping[int, tuple[Note, ...]]:
        found: dict[int, list[str]] = {}
        for row in kind.objects.as_of(today).filter(subject_id__in=ids, type=type_).order_by("line"):
            if row.allows_practice(today):
                found.setdefault(row.subject_id, []).append(words(row))
        return {key: (Note(label, "、".join(names)),) for key, names in found.items()}

    return notes
