"""What a restoration of registrations (恢复登记) does to documents: nothing is undone, everything is answered by a new act.

As in a rollback: a certificate issued by a change that the restoration takes back is ended as 更正回退, and the one in force
at the moment restored comes back as a new version; instruments of such a change are ended. A change of which a line stays,
because a later decision relies on it, keeps its documents.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from yizheng.documents import certificates
from yizheng.documents.compensation import REISSUED, REVOKED, Act, act_on
from yizheng.documents.models import Certificate, Ending, Instrument, Status
from yizheng.registry.models import Change
from yizheng.registry.rolling_back.restoring import RestorationPreview

_Key = tuple[str, int, str]
_Taken = Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class _Turn:
    """One certificate number: the version in force now, to be ended, and the one of then, to come back."""

    ends: Certificate | None
    returns: Certificate | None


def preview(found: RestorationPreview) -> list[Act]:
    """What `answer` would do, changing nothing; to be asked with sight of every line."""
    taken = _taken(found)
    acts = []
    for turn in _turns(taken, found.wanted.known.position):
        if turn.ends is not None:
            behind = "，那时的版本另发新版本" if turn.returns is not None else ""
            acts.append(act_on(turn.ends, REVOKED + behind))
        elif turn.returns is not None:
            acts.append(act_on(turn.returns, REISSUED))
    return [*acts, *(act_on(one, REVOKED) for one in _instruments(taken))]


def answer(found: RestorationPreview, *, by: int, on: date) -> list[Certificate]:
    """Answer what was restored by new acts of the change `by`; returns the certificates put in force again."""
    taken = _taken(found)
    returned = []
    with transaction.atomic():
        for turn in list(_turns(taken, found.wanted.known.position)):
            if turn.ends is not None:
                certificates.revoke(turn.ends, ending=Ending.ROLLED_BACK, on=on, change_id=by)
            if turn.returns is not None:
                returned.append(certificates.reactivate(turn.returns, on=on, change_id=by))
        Instrument.objects.all().filter(pk__in=[one.pk for one in _instruments(taken)]).update(
            status=Status.REVOKED, ending=Ending.ROLLED_BACK, ended_on=on, ended_by=by
        )
    return returned


def _taken(found: RestorationPreview) -> _Taken:
    """By subject, the changes that are taken back whole."""
    taken: defaultdict[int, set[int]] = defaultdict(set)
    for line in found.changed:
        taken[line.line.subject_id].update(line.changes)
    for line in found.kept:
        taken[line.line.subject_id].difference_update(line.changes)
    return {subject: frozenset(changes) for subject, changes in taken.items() if changes}


def _turns(taken: _Taken, position: int) -> Iterator[_Turn]:
    """The numbers of which a version was issued or ended by a change taken back, where then and now differ."""
    for versions in _numbers_touched(taken):
        now = next((one for one in versions if one.status == Status.VALID), None)
        then = _in_force_at(versions, position)
        if now != then:
            yield _Turn(now, then)


def _numbers_touched(taken: _Taken) -> Iterable[list[Certificate]]:
    """All versions of each number concerned, in order."""
    changes = _all(taken)
    told = Certificate.objects.all().filter(Q(change_id__in=changes) | Q(ended_by__in=changes))
    touched = {_key(one) for one in told if {one.change_id, one.ended_by} & taken.get(one.subject_id, frozenset())}
    same = Certificate.objects.all().filter(
        subject_id__in={subject for _, subject, _ in touched}, number__in={number for *_, number in touched}
    )
    versions: defaultdict[_Key, list[Certificate]] = defaultdict(list)
    for one in same.order_by("subject_id", "kind", "number", "version"):
        if _key(one) in touched:
            versions[_key(one)].append(one)
    return versions.values()


def _in_force_at(versions: list[Certificate], position: int) -> Certificate | None:
    """The version that was in force as known at the position; what no change issued was there from the beginning."""
    named = {number for one in versions for number in (one.change_id, one.ended_by) if number is not None}
    places = dict(Change.objects.filter(pk__in=named).values_list("pk", "position"))

    def by_then(change: int | None) -> bool:
        place = places.get(change) if change is not None else 0
        return place is not None and place <= position

    issued = [one for one in versions if by_then(one.change_id)]
    newest = issued[-1] if issued else None
    if newest is None or newest.status == Status.VALID or not by_then(newest.ended_by):
        return newest
    return None


def _instruments(taken: _Taken) -> list[Instrument]:
    made = Instrument.objects.all().filter(change_id__in=_all(taken), status=Status.VALID)
    return [one for one in made if one.change_id in taken.get(one.subject_id, frozenset())]


def _all(taken: _Taken) -> set[int]:
    return {change for changes in taken.values() for change in changes}


def _key(one: Certificate) -> _Key:
    return one.kind, one.subject_id, one.number
