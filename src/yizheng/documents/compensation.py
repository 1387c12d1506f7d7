"""What a rollback or a restoration of registrations (恢复登记) does to documents: nothing is undone, all is answered by new acts.

A certificate issued by a change that is taken back is ended as 更正回退, and the version before it (of a restoration: the
one in force at the moment restored) comes back as a new version; one that was ended comes back likewise; instruments are
ended. Numbers stay given. A change of which a restoration leaves a line, because a later decision relies on it, keeps its
documents.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from yizheng.documents import certificates
from yizheng.documents.models import Certificate, Ending, Instrument, Status
from yizheng.registry.models import Change
from yizheng.registry.rolling_back.restoring import RestorationPreview
from yizheng.registry.rolling_back.undoing import compensation

REVOKED = "失效（更正回退）"
REISSUED = "恢复，另发新版本"

_Key = tuple[str, int, str]
_Taken = Mapping[int, frozenset[int]]


@dataclass(frozen=True)
class Act:
    """One compensating act, as a preview shows it."""

    title: str
    number: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One certificate number: the version in force now, to be ended, and the one to come back."""

    ends: Certificate | None
    returns: Certificate | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The turns of certificates, what the version that comes back is called, and the instruments to be ended."""

    turns: tuple[Turn, ...]
    returning: str
    instruments: tuple[Instrument, ...]

    def acts(self) -> list[Act]:
        """What would be done, for a preview."""
        return [*self._acts(), *(_act(one, REVOKED) for one in self.instruments)]

    def _acts(self) -> Iterator[Act]:
        for turn in self.turns:
            if turn.ends is not None:
                yield _act(turn.ends, REVOKED + (f"，{self.returning}另发新版本" if turn.returns is not None else ""))
            elif turn.returns is not None:
                yield _act(turn.returns, REISSUED)

    def carry_out(self, *, by: int, on: date) -> list[Certificate]:
        """Do it as new acts of the change `by`; returns the certificates put in force again."""
        returned = []
        with transaction.atomic():
            for turn in self.turns:
                if turn.ends is not None:
                    certificates.revoke(turn.ends, ending=Ending.ROLLED_BACK, on=on, change_id=by)
                if turn.returns is not None:
                    returned.append(certificates.reactivate(turn.returns, on=on, change_id=by))
            Instrument.objects.all().filter(pk__in=[one.pk for one in self.instruments]).update(
                status=Status.REVOKED, ending=Ending.ROLLED_BACK, ended_on=on, ended_by=by
            )
        return returned


def to_rollback(undone: int) -> Answer:
    """The answer to the change `undone` being taken back."""
    versions = Certificate.objects.all()
    issued = versions.filter(change_id=undone, status=Status.VALID).select_related("supersedes")
    ended = versions.filter(ended_by=undone, status=Status.REVOKED)
    instruments = Instrument.objects.all().filter(change_id=undone, status=Status.VALID)
    turns = (*(Turn(one, one.supersedes) for one in issued), *(Turn(None, one) for one in ended))
    return Answer(turns, "前一版本", tuple(instruments))


def to_restoration(found: RestorationPreview) -> Answer:
    """The answer to what a restoration takes back; to be asked with sight of every line."""
    taken = _taken(found)
    made = Instrument.objects.all().filter(change_id__in=_all(taken), status=Status.VALID)
    instruments = (one for one in made if one.change_id in taken.get(one.subject_id, frozenset()))
    return Answer(tuple(_turns(taken, found.wanted.known.position)), "那时的版本", tuple(instruments))


@compensation
def _told_in_the_preview(change: Change) -> list[str]:
    """The registry's preview of a rollback lists these sentences."""
    return [f"{act.title} {act.number}：{act.sentence}" for act in to_rollback(change.pk).acts()]


def _act(document: Certificate | Instrument, sentence: str) -> Act:
    return Act(document.title, document.number, sentence)


def _taken(found: RestorationPreview) -> _Taken:
    """By subject, the changes that are taken back whole."""
    taken: defaultdict[int, set[int]] = defaultdict(set)
    for line in found.changed:
        taken[line.line.subject_id].update(line.changes)
    for line in found.kept:
        taken[line.line.subject_id].difference_update(line.changes)
    return {subject: frozenset(changes) for subject, changes in taken.items() if changes}


def _turns(taken: _Taken, position: int) -> Iterator[Turn]:
    """The numbers of which a version was issued or ended by a change taken back, where then and now differ."""
    for versions in _numbers_touched(taken):
        now = next((one for one in versions if one.status == Status.VALID), None)
        then = _in_force_at(versions, position)
        if now != then:
            yield Turn(now, then)


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


def _all(taken: _Taken) -> set[int]:
    return {change for changes in taken.values() for change in changes}


def _key(one: Certificate) -> _Key:
    return one.kind, one.subject_id, one.number
