"""The editor of a correction notice: papers and fields to tick, each with what is wrong, free lines, the day, told once.

行政许可法 第三十二条第一款第四项: everything that is to be corrected is told at once, in a list; nothing can be added later.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizheng.licensing.cases import corrections, examining
from yizheng.licensing.cases.corrections import Correction
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.verbs import LostRaceError, perform, permits
from yizheng.licensing.verbs.acting import told_who_won
from yizheng.shell.desk import display
from yizheng.shell.desk.access import case_for, office_only, signed_in

MOST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """One paper or field that can be asked for."""

    key: str
    title: str
    about: str
    """What stands there now."""
    ticked: bool
    note: str

    @property
    def line(self) -> str:
        """The item of the notice."""
        return f"{self.title}：{self.note or '缺少或者不符合要求，请补正'}"


@never_cache
@office_only
@require_http_methods(["GET", "HEAD", "POST"])
def correction_page(request: HttpRequest, number: str) -> HttpResponseBase:
    """The editor; a POST tells the applicant."""
    account = signed_in(request)
    case = case_for(account, number)
    move = next((each for each in permits.moves_of(account, case) if each.verb == corrections.VERB), None)
    if move is None or corrections.correction_of(case) is not None:
        return redirect("desk:case", number=number)
    if request.method != "POST":
        return _page(request, case)
    if str(case.revision) != request.POST.get("revision", ""):
        return _page(request, case, lost=told_who_won(case), status=409)
    asked = _asked(case, request.POST)
    if not asked:
        return _page(request, case, problem="请至少写明一项需要补正的内容", status=422)
    try:
        perform(case, corrections.VERB, account, reason="\n".join(asked))
    except LostRaceError as lost:
        return _page(request, case_for(account, number), lost=str(lost), status=409)
    except (NotPossibleError, permits.NotPermittedError) as problem:
        return _page(request, case_for(account, number), problem=str(problem), status=422)
    messages.success(request, f"已告知补正 {len(asked)} 项")
    return redirect("desk:case", number=number)


def _asked(case: Case, sent: QueryDict) -> list[str]:
    """The items in the order of the page."""
    papers, fields = _choices(case, sent)
    ticked = [choice.line for choice in (*papers, *(each for _, under in fields for each in under)) if choice.ticked]
    return [*ticked, *corrections.lines(sent.get("lines", ""))]


def _choices(case: Case, sent: QueryDict) -> tuple[list[Choice], list[tuple[str, list[Choice]]]]:
    """The papers, and the fields by step; on opening, what is missing is ticked."""
    examination = examining.examine(case, timezone.localdate())
    fresh = not sent
    papers = []
    for view in examination.materials:
        about = (view.paper.problem or view.paper.attachment.name) if view.paper else "没有提交"
        why = view.paper.problem if view.paper else "没有提交"
        papers.append(
            _choice(sent, f"paper-{view.material.code}", view.material.title, about, fresh and view.missing, why)
        )
    fields = []
    for step in examination.steps:
        under = [
            _choice(
                sent, f"field-{step.code}-{name}", str(step.form[name].label), _stands(step, name),
                fresh and name in step.form.errors, "、".join(map(str, step.form.errors.get(name, ()))),
            )
            for name in step.form.fields
        ]  # fmt: skip
        fields.append((step.form.title, under))
    return papers, fields


def _stands(step: examining.StepView, name: str) -> str:
    value = step.typed(name)
    if value in (None, "", []):
        return "未填写"
    return step.form.masked(name, value) if name in step.form.personal else display.readable(step.form[name], value)


def _choice(sent: QueryDict, key: str, title: str, about: str, ticked: bool, why: str) -> Choice:
    note = sent.get(f"note-{key}", why if ticked else "").strip()[:MOST_NOTE]
    return Choice(key, title, about, ticked or key in sent.getlist("ask"), note)


def _page(request: HttpRequest, case: Case, *, status: int = 200, **words: str) -> HttpResponse:
    papers, fields = _choices(case, request.POST)
    context = {
        "case": case,
        "papers": papers,
        "fields": fields,
        "free": request.POST.get("lines", ""),
        "reply_by": corrections.reply_by(timezone.localdate()),
        "term": corrections.TERM_DAYS,
        **words,
    }
    return render(request, "desk/correction.html", context, status=status)


def returned(case: Case, asked: Correction) -> dict[str, Any]:
    """What came back: the fields before and now, those that are personal without their value, and the papers."""
    rows = []
    for field in corrections.changed_fields(case, asked.asked):
        label = str(field.step.base_fields[field.name].label)
        rows.append((label, *(_told(field, value) for value in (field.before, field.after))))
    titles = {material.code: material.title for material in case.item.materials}
    papers = [
        (titles.get(paper.material, paper.material), paper.attachment.name)
        for paper in corrections.changed_papers(case, asked.asked)
    ]
    return {"lines": asked.lines, "on": asked.asked.on, "rows": rows, "papers": papers}


def _told(field: corrections.Returned, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if field.name in field.step.personal:
        return field.step.masked(field.name, value)
    return display.readable(field.step()[field.name], value)
