"""The form page of a draft in the shell's terms: steps, parts, materials, findings and what stands against submitting."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from yizheng.licensing import answers as form_answers
from yizheng.licensing.examining import Examination, MaterialView, StepView
from yizheng.licensing.findings import Finding
from yizheng.licensing.item import Stage
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState

WORDS = {"done": "已完成", "faulty": "正在填写", "empty": "未填写"}


def context(
    case: Case, examination: Examination, answers: form_answers.Answers, *, tried: bool
) -> dict[str, Any]:
    """Everything the form page shows; after a try to submit every fault is listed and linked."""
    parts = [_part(number, view, tried) for number, view in enumerate(examination.steps, 1)]
    for view in examination.steps:
        view.form.for_applicant()
    materials = [material_row(case, view) for view in examination.materials]
    missing = sum(view.missing for view in examination.materials)
    stands_against = examination.blocks
    correction = case.events.filter(verb="ask_correction").order_by("-id").first()
    return {
        "case": case,
        "item_title": beside(case.item.title, case.item.english),
        "steps": [
            *map(_step, enumerate(examination.steps, 1)),
            _material_step(len(parts) + 1, materials, missing),
        ],
        "step_line": f"共 {len(parts) + 1} 步",
        "saved_at": f"{timezone.localtime(case.saved_at):%H:%M}",
        "parts": parts,
        "materials": materials,
        "materials_title": f"{len(parts) + 1}. {beside('材料', 'Documents' if case.item.english else '')}",
        "faults": _faults(examination) if tried else [],
        "check_url": reverse("my:check", args=[case.number]),
        "results": _results(examination),
        "after": _after(case),
        "blocked": stands_against,
        "correction": correction if case.state == CaseState.CORRECTING else None,
        "submit_label": _submit_label(case),
    }


def beside(chinese: str, english: str) -> str:
    """A text, and its English behind it where the form is in two languages."""
    return f"{chinese} {english}" if english else chinese


def _submit_label(case: Case) -> str:
    if case.state == CaseState.CORRECTING:
        return beside("交回补正", "Hand back" if case.item.english else "")
    return beside("提交申请", "Submit" if case.item.english else "")


def _part(number: int, view: StepView, tried: bool) -> dict[str, Any]:
    """A part shows the faults of what was typed; what is still empty is no fault until somebody tries to submit."""
    if not tried:
        for name in list(view.form.errors):
            if not view.form.data.get(view.form.add_prefix(name)):
                del view.form.errors[name]
    title = beside(view.form.title, view.form.title_english)
    return {"number": number, "title": title, "form": view.form, "reason": view.reason}


def _step(numbered: tuple[int, StepView]) -> dict[str, Any]:
    number, view = numbered
    return {
        "number": number,
        "title": beside(view.form.title, view.form.title_english),
        "url": f"#part-{number}",
        "word": WORDS[view.state],
        "faults": view.faults if view.begun else 0,
        "current": False,
    }


def _material_step(number: int, materials: list[dict[str, Any]], missing: int) -> dict[str, Any]:
    word = "已完成" if not missing else "正在填写" if missing < len(materials) else "未填写"
    return {
        "number": number,
        "title": "材料",
        "url": "#materials",
        "word": word,
        "faults": missing,
        "current": False,
    }


def material_row(case: Case, view: MaterialView) -> dict[str, Any]:
    """One material as the form shows it."""
    paper, material = view.paper, view.material
    word = "未上传" if paper is None else "不合格" if paper.problem else "已上传"
    return {
        "name": beside(material.title, material.english[0]),
        "requirement": beside(material.requirement, material.english[1]),
        "word": word,
        "read": (paper.problem or paper.attachment.name) if paper else "",
        "view_url": reverse("documents:attachment", args=[paper.attachment_id]) if paper else "",
        "upload": {
            "name": material.code,
            "accept": ",".join(material.media_types),
            "url": reverse("my:upload", args=[case.number, material.code]),
            "verb": "上传" if paper is None else "更换",
        },
    }


def _faults(examination: Examination) -> list[tuple[str, str]]:
    faults = [
        (view.form[name].id_for_label, f"{view.form.fields[name].label}：{sentence}")
        for view in examination.steps
        for name, sentences in view.form.errors.items()
        if name in view.form.fields
        for sentence in sentences
    ]
    faults += [
        ("materials", f"{beside(view.material.title, view.material.english[0])}：{_why(view)}")
        for view in examination.materials
        if view.missing
    ]
    faults += [
        (_anchor(finding, examination), beside(finding.message, finding.english))
        for finding in examination.findings.blocks
    ]
    return faults


def _why(view: MaterialView) -> str:
    missing = beside("还没有上传", "Not uploaded yet" if view.material.english[0] else "")
    return view.paper.problem if view.paper else missing


def _results(examination: Examination) -> dict[str, Any]:
    found = [
        {
            "level": finding.severity.word,
            "sentence": beside(finding.message, finding.english),
            "source": finding.evidence,
            "articles": [str(article) for article in finding.articles],
            "go_url": f"#{_anchor(finding, examination)}",
        }
        for finding in (*examination.findings.blocks, *examination.findings.advice)
    ]
    passed = [beside(finding.title, finding.english) for finding in examination.findings.passes]
    return {
        "findings": found,
        "passed": passed,
        "passed_summary": f"{len(passed)} 项已通过：{'、'.join(passed[:3])}等",
    }


def _anchor(finding: Finding, examination: Examination) -> str:
    """The place on the page a finding leads to."""
    step, _, name = finding.field.partition(".")
    for view in examination.steps:
        if view.code == step and name in view.form.fields:
            return str(view.form[name].id_for_label)
        if not name and step in view.form.fields:
            return str(view.form[step].id_for_label)
    if any(view.material.code in (step, name) for view in examination.materials):
        return "materials"
    return "part-1"


def _after(case: Case) -> list[str]:
    lines = ["机构确认聘用"] if Stage.CONFIRM in case.item.route else []
    lines.append("5 个工作日内告知是否受理")
    statutory = getattr(case.item, "statutory", None)
    if statutory is not None:
        lines.append(f"受理后 {statutory.days} 个工作日内决定")
    return lines
