"""Finding the persons of a file: what a hand decided before stands, the rest is asked anew; and the report of the run."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.db.models import QuerySet

from yizheng.kernel.linkage.assigning import Assigned, assign
from yizheng.kernel.linkage.comparing import Decision
from yizheng.kernel.linkage.scoring import Record
from yizheng.people.models import Account
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.models import Attendance, Link, Person, Round, Source
from yizheng.systems.sequelae.models.examinations import LinkState
from yizheng.systems.sequelae.office import office_key
from yizheng.systems.sequelae.persons.identities import who_are

HAND, AUTOMATIC = "hand", "score"
MOST_CANDIDATES = 5
_STATES = {
    Decision.MATCH: LinkState.MATCHED, Decision.REVIEW: LinkState.REVIEW, Decision.NON_MATCH: LinkState.UNMATCHED,
}  # fmt: skip


def register_of(account: Account | None) -> dict[int, Record]:
    """All persons as they are compared; the system (no account) compares with all."""
    persons = list(Person.objects.all() if account is None else Person.objects.visible_to(account))
    names = who_are(account, persons)
    return {
        each.pk: Record(who.name, each.sex, who.born, who.number, each.code, who.former)
        for each in persons
        if (who := names.get(each.pk)) is not None
    }


def link(account: Account, source: Source, of: Round, records: Sequence[Record]) -> list[Link]:
    """The links of the records of a file, in their order; links that stand already are gone on with."""
    indexes = sealing.indexes("record", [f"{source.code}|{each.key}" for each in records])
    decided = _decided_by_hand(account, indexes)
    register = register_of(account)
    taken = {row.person_id for row in decided.values() if row.person_id is not None}
    open_ones = [at for at, index in enumerate(indexes) if index not in decided]
    left = {person: record for person, record in register.items() if person not in taken}
    answers = dict(zip(open_ones, assign([records[at] for at in open_ones], left), strict=True))
    standing = _standing(account, source, of, indexes)
    made, keys = [], office_key()
    sealed = sealing.seal([(keys, _kept(each)) for each in records])
    for at, index in enumerate(indexes):
        row = standing.get(index)
        if row is None:
            row = _new(source, of, index, sealed[at], answers.get(at), decided.get(index))
            row.save()
            standing[index] = row
        made.append(row)
    return made


def _kept(record: Record) -> dict[str, Any]:
    return asdict(replace(record, birth=None)) | {"birth": record.birth.isoformat() if record.birth else ""}


def _decided_by_hand(account: Account, indexes: Sequence[bytes]) -> dict[bytes, Link]:
    """The last decision by hand about each record, of whatever year."""
    rows = Link.objects.visible_to(account).filter(record_index__in=indexes, method=HAND, until=None).order_by("id")
    return {bytes(row.record_index): row for row in rows}


def _standing(account: Account, source: Source, of: Round, indexes: Sequence[bytes]) -> dict[bytes, Link]:
    rows: QuerySet[Link] = Link.objects.visible_to(account).filter(
        source=source, year=of.year, record_index__in=indexes, until=None
    )
    return {bytes(row.record_index): row for row in rows}


def _new(source: Source, of: Round, index: bytes, sealed: str, answer: Assigned | None, decided: Link | None) -> Link:
    row = Link(source=source, year=of.year, record_index=index, sealed=sealed)
    if decided is not None:
        row.person_id, row.method, row.state, row.by, row.why = (
            decided.person_id, HAND, decided.state, decided.by, decided.why,
        )  # fmt: skip
    elif answer is not None:
        best = answer.candidates[0].compared if answer.candidates else None
        row.person_id, row.method, row.state = answer.person, AUTOMATIC, _STATES[answer.decision]
        row.score, row.why = (best.score, best.why) if best else (None, "")
        row.candidates = [
            {"person": each.person, "score": each.compared.score, "why": each.compared.why}
            for each in answer.candidates[:MOST_CANDIDATES]
        ]
    return row


def report(account: Account, of: Round, links: Sequence[Link]) -> Mapping[str, int]:
    """Records in, matched by run and by hand, to be looked at, nobody's, twice in the file, and who attended without a record."""
    matched = [row for row in links if row.state == LinkState.MATCHED]
    attended = Attendance.objects.visible_to(account).filter(round=of, came="attended")
    return {
        "records": len(links),
        "matched": sum(row.method == AUTOMATIC for row in matched),
        "by_hand": sum(row.method == HAND for row in matched),
        "review": sum(row.state == LinkState.REVIEW for row in links),
        "unmatched": sum(row.state == LinkState.UNMATCHED for row in links),
        "twice": len(links) - len({row.pk for row in links}),
        "without": attended.exclude(person__in={row.person_id for row in matched}).count(),
    }


REPORT = {
    "records": "文件记录", "matched": "自动认定", "by_hand": "人工认定", "review": "待核查", "unmatched": "未找到", "twice": "文件内重复",
    "without": "已参检而文件中没有",
}  # fmt: skip
