"""The names institutions bear now, kept by each process as an index and made anew once another name is borne.

What is found like a wanted name is advice to a reviewer: who decides says whether they would be confused (细则 第四十三条).
"""

from dataclasses import dataclass
from datetime import date
from threading import Lock

from django.db.models import Max

from yizheng.kernel.names import fold_name
from yizheng.systems.institutions.models import STRUCK_OFF, InstitutionLicence
from yizheng.systems.institutions.naming.similarity import NameIndex

LIKE = 0.8
"""From here on two names are told as alike: one character of another sound in a short name lies below."""
MOST = 3


@dataclass(frozen=True, slots=True)
class _Borne:
    newest: int | None
    """The newest version of a licence that was read."""
    names: tuple[str, ...]
    index: NameIndex


_lock = Lock()
_kept = [_Borne(None, (), NameIndex(()))]


def names_like(name: str, on: date, *, own: str = "") -> tuple[str, ...]:
    """The names of others that are like this one without being it, the most alike first; call it as the system."""
    same = {fold_name(name), fold_name(own)}
    found = _borne(on).index.nearest(name)
    others = (each.name for each in found if each.likeness >= LIKE and fold_name(each.name) not in same)
    return tuple(dict.fromkeys(others))[:MOST]


def _borne(on: date) -> _Borne:
    newest = InstitutionLicence.objects.all().aggregate(newest=Max("pk"))["newest"]
    with _lock:
        kept = _kept[0]
        if kept.newest == newest:
            return kept
        standing = InstitutionLicence.objects.as_of(on).exclude(status__in=STRUCK_OFF)
        names = tuple(sorted(set(standing.values_list("name", flat=True))))
        _kept[0] = _Borne(newest, names, kept.index if names == kept.names else NameIndex(names))
        return _kept[0]
