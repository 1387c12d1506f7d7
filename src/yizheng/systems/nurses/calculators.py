"""nurses.standing: how a nurse stands on a day and what she may apply for, by the rules the pages ask."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from yizheng.kernel.calculators import BadInput, Row, calculator
from yizheng.kernel.calendar.calculators import calendar
from yizheng.systems.nurses import return_rules, rules
from yizheng.systems.nurses.return_rules import ReturningNurse, ReturnNumbers
from yizheng.systems.nurses.terms import Course, Renewal, Standing, Stretch, Term, Window

_REASONS = {
    "N-FIRST": "already_registered", "N-EXAM": "exam", "N-PRACTICE": "internship", "N-TRAINING": "training",
    "N-RETURN": "training", "N-BAR": "barred", "N-SUSPENDED": "suspended",
}  # fmt: skip
ANEW = ReturnNumbers(suspension_bars=False)
"""The rules of the pages, but for one switch: this question leaves a running suspension out (`nurses.suspension_bars`)."""
_DAYS = {"change": 7}
_TERMED = frozenset({Standing.REGISTERED, Standing.SUSPENDED, Standing.EXPIRED})


@calculator(
    "nurses.standing",
    "护士注册状态与申请",
    source="护士条例第七条至第十条、第三十二条；行政许可法第五十条、第七十八条、第七十九条",
    input=(
        "item:text on:date exam_pass:date* course_years* full_time:flag* internship_months* training_months*"
        " training_passed:flag* registered:date* term_start:text* renewals:text* suspended:text* revoked:date*"
        " false_kind:text* false_on:date* last_worked:date*"
    ),
    output="status valid_to window last_regular_day answer reasons training first_open_day decide_by",
    choices={
        "item": ("status", "first", "renewal", "change", "reregistration"),
        "term_start": ("continuous", "approval"),
        "false_kind": ("concealed", "deceit"),
    },
    as_typed=True,
)
def standing(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Status and term of each row, and whether the item may be applied for."""
    for row in rows:
        yield _answer(row, _applicant(row), row["on"])


def _answer(row: Row, applicant: ReturningNurse, on: date) -> dict[str, Any]:
    course, item = applicant.course, row["item"]
    status, term = course.standing(on), course.term(on)
    window = term.window(on) if term and status in _TERMED else None
    answer: dict[str, Any] = {
        "status": status,
        "valid_to": term.last if term and status is not Standing.ANNULLED else None,
        "window": window,
        "last_regular_day": term.last_regular_day if term and window else None,
    }
    if item == "status":
        return answer
    reasons = _reasons(item, applicant, status, on)
    late = item == "renewal" and window is Window.LATE
    answer |= {
        "answer": "no" if reasons else "yes_late" if late else "yes",
        "reasons": reasons,
        "training": _training(item, applicant, on),
        "first_open_day": _first_open_day(item, applicant, on),
    }
    return answer if reasons else {**answer, "decide_by": _decide_by(item, term, window, on)}


def _reasons(item: str, applicant: ReturningNurse, status: Standing, on: date) -> set[str]:
    if item in ("renewal", "change"):
        reason = return_rules.STANDING_REASONS.get(status)
        passed = reason is None or (item == "change" and status is Standing.SUSPENDED)
        return set() if passed else {str(reason)}
    if item == "first":
        return set(_found(rules.FIRST, applicant, on))
    reasons = set(
        _found((return_rules.trained_before_return, rules.not_barred, return_rules.suspension_over), applicant, on)
    )
    if status is Standing.UNREGISTERED:
        reasons.add("not_registered")
    elif status in (Standing.REGISTERED, Standing.SUSPENDED):
        reasons.add("still_valid")
    return reasons


def _found(checks: Sequence[Any], applicant: ReturningNurse, on: date) -> Iterator[str]:
    for each in checks:
        for finding in each(applicant, on):
            if finding.code == "N-COURSE":
                yield "full_time" if finding.field.endswith("full_time") else "course"
            else:
                yield _REASONS[finding.code]


def _training(item: str, applicant: ReturningNurse, on: date) -> str | None:
    if item == "first":
        passed = applicant.passed_on is not None and applicant.passed_on <= on
        return _word(rules.trains_before_first(applicant, on)) if passed else None
    return _word(return_rules.trains_before_return(applicant, on)) if item == "reregistration" else None


def _first_open_day(item: str, applicant: ReturningNurse, on: date) -> date | None:
    if item not in ("first", "reregistration"):
        return None
    return max((each.opens() for each in rules.bars(applicant, on)), default=None)


def _decide_by(item: str, term: Term | None, window: Window | None, on: date) -> date:
    last = calendar().add_working_days(on, _DAYS.get(item, 20))
    if item == "renewal" and window is Window.REGULAR and term is not None:
        return min(last, term.last)
    return last


def _word(flag: bool) -> str:
    return "yes" if flag else "no"


def _applicant(row: Row) -> ReturningNurse:
    deceit = row["false_kind"] == "deceit"
    course = Course(
        registered=row["registered"],
        continuous=row["term_start"] != "approval",
        renewals=tuple(Renewal(first, last) for first, last in _pairs(row, "renewals", open_end=True)),
        suspended=tuple(Stretch(first, last or first) for first, last in _pairs(row, "suspended")),
        revoked=row["revoked"],
        annulled=row["false_on"] if deceit else None,
    )
    return ReturningNurse(
        course=course,
        register_status=course.standing(row["on"]),
        ordered_until=course.ordered_until(row["on"]),
        anew=ANEW,
        passed_on=row["exam_pass"],
        course_years=row["course_years"],
        full_time=row["full_time"],
        internship_months=row["internship_months"],
        training_months=row["training_months"],
        training_passed=bool(row["training_passed"]),
        concealed_on=row["false_on"] if row["false_kind"] == "concealed" else None,
        deceit_on=row["false_on"] if deceit else None,
        last_worked=row["last_worked"],
    )


def _pairs(row: Row, name: str, *, open_end: bool = False) -> list[tuple[date, date | None]]:
    pairs = []
    for part in filter(None, row[name].split(";")):
        first, slash, last = part.partition("/")
        try:
            ends = None if open_end and not last else date.fromisoformat(last)
            pairs.append((date.fromisoformat(first), ends))
        except ValueError:
            slash = ""
        if not slash:
            wrong = "不是“2026-01-31/2026-02-28”的样子，请核对。"
            raise BadInput.at(row["line"], name, part, wrong)
    return pairs
