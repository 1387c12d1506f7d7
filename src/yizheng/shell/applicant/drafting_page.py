"""The form page of a draft in the shell's terms: steps, parts, materials, findings and what stands against submitting."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from yizheng.licensing.cases.corrections import correction_of
from yizheng.licensing.cases.examining import Examination, MaterialView, StepView
from yizheng.licensing.findings import Finding
from yizheng.licensing.item import Shape, Stage
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.shell.two_languages import beside, both

SHOWN = 3
"""How many of the rules that are kept are named before they are opened."""
WORDS = {"done": "已完成", "faulty": "正在填写", "empty": "未填写"}


def context(case: Case, examination: Examination, *, tried: bool) -> dict[str, Any]:
    """Everything the form page shows; after a try to submit every fault is listed and linked."""
    blocks = _told(examination)
    parts = [_part(number, view, tried) for number, view in enumerate(examination.steps, 1)]
    for view in examination.steps:
        _settle_institution(case, view)
        view.form.for_applicant()
    materials = [material_row(case, view) for view in examination.materials]
    two, correcting = bool(case.item.english), case.state == CaseState.CORRECTING
    return {
        "case": case,
        "two": two,
        "whom": _whom(case),
        "item_title": beside(case.item.title, case.item.english),
        "steps": _steps(examination, two),
        "step_line": f"共 {len(parts) + bool(materials)} 步",
        "saved_at": f"{timezone.localtime(case.saved_at):%H:%M}",
        "parts": parts,
        "materials": materials,
        "materials_title": f"{len(parts) + 1}. {both('材料', two)}",
        "faults": _faults(examination, blocks, two) if tried else [],
        "check_url": reverse("my:check", args=[case.number]),
        "results": _results(examination, blocks, two),
        "after": _after(case),
        "blocked": len(blocks) + examination.faults,
        "correction": correction_of(case) if correcting else None,
        "submit_label": _submit_word(case, correcting=correcting),
    }


def _submit_word(case: Case, *, correcting: bool) -> str:
    if correcting:
        return both("交回补正", case.item.english)
    return "提交备案" if case.item.shape is Shape.FILING else both("提交申请", case.item.english)


def _whom(case: Case) -> str:
    """For whom an institution applies; nothing where a person applies for herself or an institution for itself."""
    if not case.begun_by_institution or case.applicant_name == case.institution_name:
        return ""
    return case.applicant_name


def _settle_institution(case: Case, view: StepView) -> None:
    """An institution that applies for its people is itself the one the form names."""
    form, name = view.form, "institution"
    if case.begun_by_institution and view.code == case.item.institution_step and view.typed(name):
        form.fixed = {name: "由本机构申办，不能改", **form.fixed}  # type: ignore[misc]


def _told(examination: Examination) -> list[Finding]:
    """The findings that block, without those about a field that is still empty: its own fault says so already."""
    empty = {f"{view.code}.{name}" for view in examination.steps for name in view.form.errors if not view.typed(name)}
    return [finding for finding in examination.findings.blocks if finding.field not in empty]


def _part(number: int, view: StepView, tried: bool) -> dict[str, Any]:
    """A part shows the faults of what was typed; what is still empty is no fault until somebody tries to submit."""
    if not tried:
        for name in list(view.form.errors):
            if not view.typed(name):
                del view.form.errors[name]
    title = beside(view.form.title, view.form.title_english)
    return {"number": number, "title": title, "form": view.form, "reason": view.reason}


def _steps(examination: Examination, two: bool) -> list[dict[str, Any]]:
    """The parts at the left with what is left to do in each, the papers last where any are asked for."""
    steps = [
        {
            "number": number,
            "title": beside(view.form.title, view.form.title_english),
            "url": f"#part-{number}",
            "word": WORDS[view.state if view.begun or not view.faults else "empty"],
            "faults": view.faults,
        }
        for number, view in enumerate(examination.steps, 1)
    ]
    if examination.materials:
        missing = sum(view.missing for view in examination.materials)
        state = "done" if not missing else "faulty" if missing < len(examination.materials) else "empty"
        steps.append(
            {
                "number": len(steps) + 1,
                "title": both("材料", two),
                "url": "#materials",
                "word": WORDS[state],
                "faults": missing,
            }
        )
    return steps


def material_row(case: Case, view: MaterialView) -> dict[str, Any]:
    """One material as the form shows it."""
    paper, material = view.paper, view.material
    word = "未上传" if paper is None else "不合格" if paper.problem else "已上传"
    two = bool(case.item.english)
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
            "verb": both("上传" if paper is None else "更换", two),
        },
    }


def _faults(examination: Examination, blocks: list[Finding], two: bool) -> list[tuple[str, str]]:
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
        (_anchor(finding, examination), beside(finding.message, finding.english if two else "")) for finding in blocks
    ]
    return faults


def _why(view: MaterialView) -> str:
    return view.paper.problem if view.paper else both("还没有上传", view.material.english[0])


def _results(examination: Examination, blocks: list[Finding], two: bool) -> dict[str, Any]:
    found = [
        {
            "level": finding.severity.word,
            "sentence": beside(finding.message, finding.english if two else ""),
            "source": finding.evidence,
            "articles": [str(article) for article in finding.articles],
            "go_url": f"#{_anchor(finding, examination)}",
        }
        for finding in (*blocks, *examination.findings.advice)
    ]
    passed = [beside(finding.title, finding.english if two else "") for finding in examination.findings.passes]
    return {
        "findings": found,
        "passed": passed,
        "passed_summary": f"{len(passed)} {both('项已通过', two)}：{'、'.join(passed[:SHOWN])}{'等' * (len(passed) > SHOWN)}",
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
    """What happens once it is handed in: a filing takes effect and is checked afterwards, a licence is decided."""
    item, two = case.item, case.item.english
    confirms = Stage.CONFIRM in item.route and not case.begun_by_institution
    if item.shape is Shape.FILING:
        lines = ["机构确认后登记生效" if confirms else "提交即登记生效"]
        return [*lines, "登记机关事后核查，不成立的撤下并告知"] if Stage.ACCEPT in item.route else lines
    lines = [both(f"机构{item.confirmation}", two)] if confirms else []
    lines.append(both("5 个工作日内告知是否受理", two))
    statutory = item.period_of(case)
    if statutory is not None:
        begins, of = ("收到申请后", "receipt") if statutory.from_receipt else ("受理后", "acceptance")
        english = f"It is decided within {statutory.days} working days of {of}" if two else ""
        lines.append(beside(f"{begins} {statutory.words}内决定", english))
    return lines
