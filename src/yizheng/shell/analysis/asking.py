"""提问: the question as a sentence and a form, its answer as table and picture, and the rows behind each figure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yizheng.analysis import asking, charts
from yizheng.analysis.asking import NoGround
from yizheng.analysis.catalogue import ready_question
from yizheng.analysis.exporting import FORMS, needs_consent
from yizheng.analysis.keeping import Answered, again, ask, keep, scopes_of
from yizheng.analysis.models import KeptAnswer, SavedQuestion
from yizheng.analysis.questions import BadQuestion, Line, Question
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.shell.access import for_roles
from yizheng.shell.analysis import form
from yizheng.shell.desk.access import signed_in
from yizheng.slices.pseudonyms import pseudonym

ASKERS = frozenset({Role.ANALYST, Role.DECIDER, Role.INSPECTOR})
MOST_ROWS = 200


@never_cache
@for_roles(ASKERS)
@require_safe
def question(request: HttpRequest) -> HttpResponse:
    """Put a question together and see its answer."""
    ready = ready_question(request.GET.get("ready", ""))
    asked = ready.question if ready else form.read(request.GET)
    try:
        asked = form.fit(asked)
        return _page(request, asked, ask(asked, signed_in(request)), title=ready.title if ready else "")
    except NoGround as none:
        return _page(request, asked, None, problem=str(none), no_ground=none)
    except BadQuestion as bad:
        return _page(request, _askable(asked), None, problem=str(bad), status=422)


def _askable(asked: Question) -> Question:
    """The question, or the first one there is where its dataset is unknown."""
    try:
        return form.fit(asked)
    except BadQuestion:
        return Question(form.FIRST)


def _page(
    request: HttpRequest, asked: Question, answered: Answered | None, *, title: str = "", problem: str = "",
    no_ground: NoGround | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    offered = dict(form.offered(asked))
    offered["slots"] = form.with_open(asked, offered["slots"], form.chosen_without_values(request.GET))
    context = {
        "asked": asked,
        "title": title,
        "problem": problem,
        "no_ground": no_ground,
        "address": form.address(asked),
        **offered,
        **(told(answered) if answered else {}),
    }
    return render(request, "analysis/question.html", context, status=status)


def told(answered: Answered) -> dict[str, Any]:
    """What the part of a page that shows an answer needs."""
    question, result = answered.question, answered.result
    picture = charts.draw(question, result)
    return {
        "answered": answered,
        "sentence": answered.sentence,
        "headline": headline(answered),
        "heads": charts.heads(result),
        "row_head": question.dimension(question.rows).label if question.rows else "",
        "lines": [_shown(question, line, answered) for line in result.lines],
        "total": result.total,
        "note": result.note,
        "picture": mark_safe(picture),  # noqa: S308 made here, its words escaped
        "forms": list(FORMS.items()),
        "consent": needs_consent(question, rows_behind=True),
        "consent_figures": needs_consent(question, rows_behind=False),
        "position": answered.now.position,
    }


def headline(answered: Answered) -> str:
    """The answer in one sentence, before the table."""
    question, result = answered.question, answered.result
    if not result.lines:
        return "没有符合条件的登记。"
    unit = question.counted.unit
    if question.compare and result.total:
        was, is_, net = (each.value for each in result.total)
        return (
            f"合计从 {was:,} 到 {is_:,}，净变化 {net:+,}{unit}。"
            if None not in (was, is_, net)
            else "合计涉及个人的数太小，不显示。"
        )
    first = result.lines[0].cells[0]
    whole = (
        f"合计 {result.total[0].value:,} {unit}".rstrip()
        if len(result.total) == 1 and result.total[0].value is not None
        else ""
    )
    most = (
        f"最多的是{result.lines[0].label}，{first.value:,} {unit}".rstrip()
        if question.rows and first.value is not None
        else ""
    )
    if not question.rows and first.value is not None:
        return f"{question.counted.label} {first.value:,} {unit}".rstrip() + "。"
    return "；".join(filter(None, (whole, most))) + "。" if whole or most else f"共 {len(result.lines)} 行。"


def _shown(question: Question, line: Line, answered: Answered) -> dict[str, Any]:
    """A line with the address of the rows behind its first figure."""
    opens = ""
    if (question.rows and question.dimension(question.rows).kind not in ("year", "month")) or not question.rows:
        one = question.by_row(line.code) if question.rows and line.code else question.without_comparison()
        opens = f"{reverse('analysis:rows')}?{form.address(one)}&day={answered.now.day.isoformat()}"
    opened = 1 if question.compare else 0  # of two days the present one
    addresses = [
        opens if place == opened and (line.code or not question.rows) else "" for place in range(len(line.cells))
    ]
    return {"label": line.label, "cells": [*zip(line.cells, addresses, strict=True)]}


@never_cache
@for_roles(ASKERS)
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The rows behind a figure, without what tells who somebody is; people under pseudonyms."""
    account, asked = signed_in(request), form.read(request.GET)
    try:
        answered = ask(asked, account)
        if any(cell.hidden for line in answered.result.lines for cell in line.cells):
            raise BadQuestion("涉及的人太少，不能打开")
        found, number = asking.rows_behind(asked, answered.now, scopes_of(account), MOST_ROWS)
    except (BadQuestion, NoGround) as refused:
        return _page(request, _askable(asked), None, problem=str(refused), status=422)
    audit.record(account, "analysis.rows", f"dataset:{asked.dataset}", {"rows": number})
    people = asked.of.of_people
    columns = [each for each in asked.of.shown if each.name not in ("subject_id", "authority_scope")]
    context = {
        "asked": asked,
        "sentence": answered.sentence,
        "heads": [each.label for each in columns],
        "rows": list(_row_words(asked, found.iter_rows(named=True), people=people)),
        "number": number,
        "most": MOST_ROWS,
        "people": people,
        "back": f"{reverse('analysis:question')}?{form.address(asked)}",
    }
    return render(request, "analysis/rows.html", context)


def _row_words(asked: Question, found: Iterable[dict[str, Any]], *, people: bool) -> Iterable[tuple[str, list[str]]]:
    known = asked.of.dimensions
    for row in found:
        said = []
        for column in asked.of.shown:
            value = row[column.name]
            if column.name in ("subject_id", "authority_scope"):
                continue
            dimension = known.get(column.name)
            if value is None or value == "":
                said.append("—")
            elif isinstance(value, list):
                said.append("、".join(dimension.words(each) if dimension else str(each) for each in value) or "—")
            elif isinstance(value, bool):
                said.append("是" if value else "否")
            else:
                said.append(dimension.words(str(value)) if dimension and dimension.kind == "code" else str(value))
        yield (pseudonym(row["subject_id"]) if people else str(row["subject_id"])), said


@for_roles(ASKERS)
@require_POST
def save(request: HttpRequest) -> HttpResponseBase:
    """Keep the question, or its answer of today."""
    account, asked = signed_in(request), form.read(request.POST)
    title = request.POST.get("title", "").strip()[:100]
    try:
        answered = ask(asked, account)
    except (BadQuestion, NoGround) as refused:
        return _page(request, _askable(asked), None, problem=str(refused), status=422)
    if request.POST.get("act") == "answer":
        kept = keep(answered, account, title)
        messages.success(request, "已留存；以后打开时按原切片复算并核对")
        return redirect("analysis:answer", kept.pk)
    SavedQuestion.objects.create(
        title=title or answered.sentence[:100], question=asked.kept(), account=account,
        shared=request.POST.get("shared") == "yes", monthly=request.POST.get("monthly") == "yes",
    )  # fmt: skip
    messages.success(request, "已保存提问")
    return redirect("analysis:list")


@never_cache
@for_roles(ASKERS)
@require_safe
def kept_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer kept before, computed again from the same slices, and whether it is the same."""
    kept = KeptAnswer.objects.visible_to(signed_in(request)).filter(pk=pk).first()
    if kept is None:
        raise Http404("没有这个结果，或者不是您留存的")
    answered, same = again(kept)
    context = {**told(answered), "kept": kept, "same": same, "address": form.address(answered.question)}
    return render(request, "analysis/answer.html", context)
