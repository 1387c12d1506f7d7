"""考试合格名单: who passed an examination, drawn from the results in the register in the order of their totals.

Where passing alone gives a qualification, the list becomes a batch: its rows are checked against the results once more,
confirmed by one person and approved by another; only then is anybody qualified.
"""

import csv
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from yizheng.intake.approving import start_check
from yizheng.intake.formats import format_of
from yizheng.intake.models import Batch
from yizheng.intake.verbs.receive import receive
from yizheng.kernel import codes
from yizheng.people import vault
from yizheng.people.models import Account
from yizheng.people.tables import Column
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.registered import PeopleRegister

HEADINGS = ("考试年度", "报考类别", "姓名", "性别", "出生日期", "证件类型", "证件号码", "签发日期")
MOST = 200_000
_PORTION = 5_000


class NobodyToGrant(ValueError):
    """There is nobody on the list who is not qualified yet; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Round:
    """One year's examination, under one category where the register has several."""

    year: int
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassingList:
    """The list of one register: which results, who passed, and what came of it."""

    people: PeopleRegister
    title: str
    says: str
    result: type[Any]
    """The kind of result, with `exam_year` and, where there are categories, `exam_category`."""
    passed: Q
    points: Coalesce
    """The total; less than nothing for who has none and stands last."""
    held: Callable[[Round], QuerySet[Any]]
    """What those have of whom nothing more is awaited."""
    state: str
    words: tuple[str, str]
    """The heading of that, and how it is said that it came about or is awaited."""
    columns: tuple[Column, ...]
    """What the list shows of a ``result`` beside the person, with its ``total``."""
    of: Q = field(default_factory=Q)
    """Which results are the register's."""
    categories: str = ""
    """The code table of the categories."""
    first_category: str = ""
    line: str = ""
    """The field with the pass line."""
    granted_by: str = ""
    """The file format of the batch that the list becomes, and why numbers are read for it."""
    why: str = ""
    template: str = "practitioners/passing.html"

    @property
    def code(self) -> str:
        """The code of the printed list."""
        return f"{self.people.lists}exam_passed"

    def round_title(self, one: Round) -> str:
        """What the list of a round is called."""
        return f"{one.year}年 {codes.name_of(self.categories, one.category) if one.category else ''}".rstrip()

    def newest_year(self) -> int | None:
        """The last year of which there are results."""
        years = self.result.objects.current().filter(self.of).order_by("-exam_year")
        newest: int | None = years.values_list("exam_year", flat=True).first()
        return newest

    def results(self, account: Account, one: Round) -> QuerySet[Any]:
        """Every result of the round that the account sees, with whether its person holds what it leads to."""
        found = self.result.objects.visible_to(account).current().filter(self.of, exam_year=one.year)
        if one.category:
            found = found.filter(exam_category=one.category)
        achieved = self.held(one).filter(subject_id=OuterRef("subject_id"))
        results: QuerySet[Any] = found.annotate(qualified=Exists(achieved))
        return results

    def passers(self, account: Account, one: Round) -> QuerySet[Any]:
        """Who passed, the highest total first."""
        found = self.results(account, one).filter(self.passed).annotate(points=self.points)
        ordered: QuerySet[Any] = found.order_by("-points", "subject_id")
        return ordered

    def place_of(self, account: Account, one: Round, first: Any) -> int:
        """The place of a result on the list: one more than stand in front of it."""
        ahead = Q(points__gt=first.points) | Q(points=first.points, subject_id__lt=first.subject_id)
        return self.passers(account, one).filter(ahead).count() + 1

    def counts(self, account: Account, one: Round) -> dict[str, Any]:
        """How many took part, passed, hold it already; and the pass line, the lowest where results name several."""
        line = {"line": Min(self.line)} if self.line else {}
        return self.results(account, one).aggregate(
            examined=Count("pk"),
            granted=Count("pk", filter=self.passed & Q(qualified=True)),
            passing=Count("pk", filter=self.passed),
            **line,
        )

    def propose_granting(self, account: Account, one: Round, *, on: date, authority_scope: int) -> Batch:
        """The batch of everybody on the list who is not qualified yet, in the queue to be checked. Raises NobodyToGrant.

        The numbers of these people are read in full for it, and each reading is recorded.
        """
        waiting = self.passers(account, one).filter(qualified=False)[:MOST]
        rows = list(waiting.values_list("subject_id", flat=True))
        if not rows:
            raise NobodyToGrant("名单上没有待授予的人员。")
        title = self.round_title(one)
        with tempfile.TemporaryDirectory(prefix="yizheng-passing-") as folder, transaction.atomic():
            path = Path(folder) / f"{title}合格名单.csv"
            with path.open("w", encoding="utf-8-sig", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow(HEADINGS)
                for at in range(0, len(rows), _PORTION):
                    people = _described(rows[at : at + _PORTION], account, f"{title}合格名单，{self.why}")
                    writer.writerows([one.year, one.category, *said, on.isoformat()] for said in people)
            batch = receive(
                format_of(self.granted_by), path, path.name, account=account, authority_scope=authority_scope
            )
            start_check(batch, account)
        return batch


def identities_of(subjects: Collection[int]) -> dict[int, PersonIdentity]:
    """Who they are now."""
    standing = PersonIdentity.objects.current().filter(subject_id__in=subjects).order_by("valid_from")
    return {one.subject_id: one for one in standing}


def _described(subjects: Sequence[int], account: Account, reason: str) -> Iterator[list[str]]:
    """Who they are and by which document; somebody without a number of any kind has none, and the check says so."""
    people = identities_of(subjects)
    numbers: dict[int, tuple[str, str]] = {}
    for kind, document in _documents().items():
        missing = [subject for subject in subjects if subject not in numbers]
        if missing:
            read = vault.reveal_many(missing, kind, account, reason)
            numbers |= {subject: (document, number) for subject, number in read.items()}
    for subject in subjects:
        person = people.get(subject)
        if person is not None:
            yield [person.name, person.sex, person.birth_date.isoformat(), *numbers.get(subject, ("", ""))]


@cache
def _documents() -> Mapping[str, str]:
    """By kind of number the first document that has it."""
    found: dict[str, str] = {}
    for code in codes.table("id_document_type").items():
        if code.attributes["number_kind"]:
            found.setdefault(code.attributes["number_kind"], code.code)
    return found


_declared: dict[str, PassingList] = {}


def declare(listed: PassingList) -> PassingList:
    """Give a register its list; declaring it again replaces it."""
    _declared[listed.people.code] = listed
    return listed


def passing_list(register: str) -> PassingList | None:
    """The list of the register of this code, if it has one."""
    return _declared.get(register)
