"""材料、表单、登记对照: what stands in a paper, in the form and in the register, side by side; an aid to who reads, and no check."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.chinese_dates import parse_date
from yizheng.kernel.paper_text import PaperText
from yizheng.kernel.signs import half_width
from yizheng.licensing import answers as form_answers
from yizheng.licensing.asking.rows_field import RowsField
from yizheng.licensing.cases.examining import Examination, StepView
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.shell.desk.display import readable

_DAY = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}"
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One field: as the form has it, as the register has it, and whether the paper says the same."""

    label: str
    typed: str
    registered: str
    in_paper: bool

    @property
    def differs(self) -> bool:
        """Whether the register says something else."""
        return bool(self.registered) and self.registered != self.typed


def compared(case: Case, examination: Examination, paper: PaperText | None) -> dict[str, Any]:
    """Every answered field; of what is personal the register's side stays in the vault."""
    text = "" if paper is None else _folded(paper.text)
    days = {parse_date(found) for found in _DAY.findall(text)}
    with vault.unread():
        known = form_answers.as_typed(case.item.prefill(case.subject_id))
    registered = form_answers.decode(case.item, known).steps
    rows = [
        row
        for view in examination.steps
        for name, field in view.form.fields.items()
        if not isinstance(field, RowsField | forms.BooleanField)
        and (row := _row(view, name, registered[view.code], known, text, days))
    ]
    seen, unseen = ([row for row in rows if row.in_paper is there] for there in (True, False))
    return {"paper": paper, "parts": ((seen, "材料中有"), (unseen, "材料文字中没有见到"))}


def _row(
    view: StepView, name: str, registered: Any, known: form_answers.Typed, text: str, days: set[date | None]
) -> Compared | None:
    bound, value = view.form[name], view.typed(name)
    if value in ("", None, []):
        return None
    day = view.form.cleaned_data.get(name) if isinstance(bound.field, forms.DateField) else None
    typed, covered = readable(bound, day or value), name in view.form.personal
    there = "" if covered else readable(registered[name], known.get(view.code, {}).get(name))
    stands = day in days if day else len(typed) > 1 and _folded(typed) in text
    return Compared(str(bound.label), view.form.masked(name, value) if covered else typed, there, stands)


def _folded(text: str) -> str:
    return "".join(half_width(text).casefold().split())
