"""考试合格名单: who passed the qualification examination of one year and category, drawn from the results in the register.

Passed is who reached the line, passed the skills and was not disciplined (医师法 第九条、第十条); the order is that of the
total. The list becomes a batch of 医师资格授予名单, whose rows are checked against the results once more, confirmed by one
person and approved by another; only then is anybody qualified (医师法 第十二条).
"""

import csv
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.models import ExamResult, PersonIdentity

FORMAT = "qualification_issue"
HEADINGS = ("考试年度", "报考类别", "姓名", "性别", "出生日期", "证件类型", "证件号码", "签发日期")
MOST = 200_000
_PORTION = 5_000
_NO_POINTS = Decimal(-1)


class NobodyToGrant(ValueError):
    """There is nobody on the list who is not qualified yet; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Round:
    """One year's examination under one category."""

    year: int
    category: str

    @property
    def title(self) -> str:
        """What the list is called."""
        return f"{self.year}年 {codes.name_of('exam_category', self.category)}"


def newest_year() -> int | None:
    """The last year of which there are results."""
    years = ExamResult.objects.current().filter(of_register=DOCTORS.code).order_by("-exam_year")
    return years.values_list("exam_year", flat=True).first()


def results_of(account: Account, one: Round) -> QuerySet[Any]:
    """Every result of the round that the account sees, with whether its person holds the qualification."""
    meant = codes.table("exam_category").require(one.category).attributes
    held = Qualification.objects.current().filter(
        subject_id=OuterRef("subject_id"), level=meant["level"], category=meant["category"]
    )
    found = ExamResult.objects.visible_to(account).current()
    return found.filter(of_register=DOCTORS.code, exam_year=one.year, exam_category=one.category).annotate(
        qualified=Exists(held)
    )


def passed_of(account: Account, one: Round) -> QuerySet[Any]:
    """Who passed, the highest total first; who has none stands last."""
    found = results_of(account, one).filter(passed=True, discipline="")
    ordered: QuerySet[Any] = found.annotate(points=Coalesce("total_score", _NO_POINTS))
    return ordered.order_by("-points", "subject_id")


def place_of(account: Account, one: Round, first: Any) -> int:
    """The place of a result on the list: one more than stand in front of it."""
    ahead = Q(points__gt=first.points) | Q(points=first.points, subject_id__lt=first.subject_id)
    return passed_of(account, one).filter(ahead).count() + 1


def counts_of(account: Account, one: Round) -> dict[str, Any]:
    """How many took part, passed, hold the qualification already; and the pass line, the lowest where results name several."""
    passed = Q(passed=True, discipline="")
    return results_of(account, one).aggregate(
        examined=Count("pk"),
        granted=Count("pk", filter=passed & Q(qualified=True)),
        passing=Count("pk", filter=passed),
        line=Min("pass_line"),
    )


def identities_of(subjects: Sequence[int]) -> dict[int, PersonIdentity]:
    """Who they are now."""
    standing = PersonIdentity.objects.current().filter(subject_id__in=subjects).order_by("valid_from")
    return {one.subject_id: one for one in standing}


def propose_granting(account: Account, one: Round, *, on: date, authority_scope: int) -> Batch:
    """The batch of everybody on the list who is not qualified yet, in the queue to be checked. Raises NobodyToGrant.

    The numbers of these people are read in full for it, and each reading is recorded.
    """
    waiting = passed_of(account, one).filter(qualified=False)[:MOST]
    rows = list(waiting.values_list("subject_id", flat=True))
    if not rows:
        raise NobodyToGrant("名单上没有待授予的人员。")
    with tempfile.TemporaryDirectory(prefix="yizheng-passing-") as folder, transaction.atomic():
        path = Path(folder) / f"{one.title}合格名单.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(HEADINGS)
            for at in range(0, len(rows), _PORTION):
                writer.writerows(_lines(rows[at : at + _PORTION], one, on, account))
        batch = receive(format_of(FORMAT), path, path.name, account=account, authority_scope=authority_scope)
        start_check(batch, account)
    return batch


def _lines(subjects: Sequence[int], one: Round, on: date, account: Account) -> Iterator[list[Any]]:
    """The rows of the file; somebody without a number of any kind is on it without one, and the check says so."""
    people = identities_of(subjects)
    numbers: dict[int, tuple[str, str]] = {}
    for kind, document in _documents().items():
        missing = [subject for subject in subjects if subject not in numbers]
        if missing:
            read = vault.reveal_many(missing, kind, account, f"{one.title}合格名单，授予医师资格")
            numbers |= {subject: (document, number) for subject, number in read.items()}
    for subject in subjects:
        person = people.get(subject)
        if person is not None:
            document, number = numbers.get(subject, ("", ""))
            said = [person.name, person.sex, person.birth_date.isoformat()]
            yield [one.year, one.category, *said, document, number, on.isoformat()]


@cache
def _documents() -> Mapping[str, str]:
    """By kind of number the first document that has it."""
    found: dict[str, str] = {}
    for code in codes.table("id_document_type").items():
        if code.attributes["number_kind"]:
            found.setdefault(code.attributes["number_kind"], code.code)
    return found
