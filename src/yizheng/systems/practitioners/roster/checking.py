"""Checking a staff list in one go: which of the people a hospital says it employs may practise there, by the register.

医师法 第十三条, 护士条例 第二十一条: nobody practises without registration; 医疗机构管理条例 第二十七条: no institution lets others
than health professionals do their work. A row names a person by name and by certificate number or identity number; the answer
says no more than the public register does, and identity numbers are looked up as recorded acts.
"""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.kernel.names.folding import same_name
from yizheng.people import audit, vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.systems.practitioners.registered import PeopleRegister, standing_on

NAME, IDENTITY = "姓名", "身份证号"
MOST = 5000


class Verdict(enum.Enum):
    """What the register says about one row, worst first."""

    UNREADABLE = "填写不全"
    UNKNOWN = "登记簿中没有"
    OTHER_NAME = "姓名不符"
    NOT_REGISTERED = "没有执业注册"
    NOT_IN_PRACTICE = "不得执业"
    ELSEWHERE = "不在本机构"
    FILED = "多机构备案"
    HERE = "在本机构执业"

    @property
    def good(self) -> bool:
        """Whether the person may practise at the institution."""
        return self in (Verdict.FILED, Verdict.HERE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list as it was written."""

    line: int
    name: str
    number: str
    identity: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A row with its verdict, and the registration it was found by."""

    row: Row
    verdict: Verdict
    registration: Any | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    subjects: Mapping[str, int]
    names: Mapping[int, str]
    registrations: Mapping[int, Any]
    may: frozenset[int]
    """Who may practise on the day."""
    filed: frozenset[int]


def heads(people: PeopleRegister) -> tuple[str, str, str]:
    """The headings of a staff list: name, number of the certificate, identity number."""
    return (NAME, people.number_title, IDENTITY)


def rows_of(people: PeopleRegister, records: Iterable[tuple[int, Mapping[str, str]]]) -> list[Row]:
    """The rows of a file by its Chinese headings; rows without anything in them are passed over."""
    rows = [Row(line, *(str(cells.get(head, "")).strip() for head in heads(people))) for line, cells in records]
    return [row for row in rows if row.name or row.number or row.identity]


def check(people: PeopleRegister, account: Account, institution: int, rows: Sequence[Row], on: date) -> list[Checked]:
    """A verdict for every row as of a day, in five queries whatever their number; the looking up is one entry of the audit trail."""
    with acting_as_system("机构名单核对"):
        known = _known(people, institution, rows, on)
    audit.record(account, "staff_list.check", f"institution:{institution}", {"rows": len(rows)})
    return [_checked(row, known, institution) for row in rows]


def _known(people: PeopleRegister, institution: int, rows: Sequence[Row], on: date) -> _Known:
    subjects = people.numbered({row.number for row in rows if row.number})
    identities = {row.identity for row in rows if row.identity and row.number not in subjects}
    subjects |= vault.find_many(IdentifierKind.RESIDENT_ID, identities)
    now = standing_on(people, set(subjects.values()), on)
    filed: set[int] = set()
    for relation in people.relations[1:]:
        if relation.under_registration:
            here = relation.kind.objects.as_of(on).filter(relation.condition, institution_id=institution)
            filed.update(here.filter(subject_id__in=now.registrations).values_list("subject_id", flat=True))
    names = {subject: each.name for subject, each in now.identities.items()}
    may = frozenset(subject for subject, held in now.registrations.items() if people.may_practise(held, on))
    return _Known(subjects, names, now.registrations, may, frozenset(filed))


def _checked(row: Row, known: _Known, institution: int) -> Checked:
    if not row.name or not (row.number or row.identity):
        return Checked(row, Verdict.UNREADABLE)
    subject = known.subjects.get(row.number) or known.subjects.get(row.identity)
    if subject is None:
        return Checked(row, Verdict.UNKNOWN)
    if not same_name(known.names.get(subject, ""), row.name):
        return Checked(row, Verdict.OTHER_NAME)
    registration = known.registrations.get(subject)
    if registration is None or not registration.stands:
        return Checked(row, Verdict.NOT_REGISTERED, registration)
    if subject not in known.may:
        return Checked(row, Verdict.NOT_IN_PRACTICE, registration)
    if registration.institution_id == institution:
        return Checked(row, Verdict.HERE, registration)
    return Checked(row, Verdict.FILED if subject in known.filed else Verdict.ELSEWHERE, registration)
