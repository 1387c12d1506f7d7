"""Examining a case: gather what the item's checks need, ask them for a day, and hold the answers beside what people made of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.licensing import answers as form_answers
from yizheng.licensing.cases import parallel
from yizheng.licensing.findings import Finding, Findings
from yizheng.licensing.forms import Reason, Step
from yizheng.licensing.item import Item, Material
from yizheng.licensing.models import Case, Disposal, Paper


@dataclass(frozen=True, slots=True)
class StepView:
    """One part of the form as it stands: bound, with the reason it is asked for and its number of faults."""

    form: Step
    reason: Reason | None
    faults: int
    begun: bool
    told: tuple[str, ...] = ()
    """The faults in words."""

    @property
    def code(self) -> str:
        """The step's code, also the anchor on the page."""
        return self.form.code

    def typed(self, name: str) -> Any:
        """What was typed into a field."""
        return self.form.data.get(self.form.add_prefix(name))

    @property
    def state(self) -> str:
        """done, faulty, begun or empty: how the step is shown at the left of the form."""
        if self.faults:
            return "faulty"
        if not self.begun:
            return "empty"
        return "done"


@dataclass(frozen=True, slots=True)
class MaterialView:
    """One paper asked for, and what was handed in for it."""

    material: Material
    paper: Paper | None

    @property
    def missing(self) -> bool:
        """Nothing was handed in, or what was handed in does not satisfy the requirement."""
        return self.paper is None or bool(self.paper.problem)


@dataclass(frozen=True, slots=True)
class Examination:
    """A case looked at on one day: form faults, missing papers, findings, and disposals by finding code."""

    on: date
    answers: form_answers.Answers
    steps: tuple[StepView, ...]
    materials: tuple[MaterialView, ...]
    findings: Findings
    disposals: Mapping[tuple[str, str], Disposal]

    def disposal_of(self, finding: Finding) -> Disposal | None:
        """What a person made of this very finding; a finding whose words changed is open again."""
        return self.disposals.get((finding.code, finding.message))

    @property
    def open_advice(self) -> list[Finding]:
        """Advice nobody has disposed of, and advice that was disposed of as standing against the grant."""
        return [finding for finding in self.findings.advice if self.disposal_of(finding) is None]

    @property
    def faults(self) -> int:
        """Form faults and missing papers."""
        return sum(step.faults for step in self.steps) + sum(view.missing for view in self.materials)

    @property
    def upheld(self) -> list[Finding]:
        """Advice that stands against the grant once somebody followed it, and somebody did."""
        barring = [finding for finding in self.findings.advice if finding.bars]
        return [finding for finding in barring if (made := self.disposal_of(finding)) is not None and made.accepted]

    @property
    def blocks(self) -> int:
        """How many things stand against a grant."""
        return len(self.findings.blocks) + self.faults

    @property
    def left_to_do(self) -> list[str]:
        """Everything that stands against handing in, in words: what the form lacks, the papers, the rules."""
        papers = [
            f"{view.material.title}：{view.paper.problem if view.paper else '还没有上传'}"
            for view in self.materials
            if view.missing
        ]
        rules = [finding.message for finding in self.findings.blocks]
        return [*(sentence for step in self.steps for sentence in step.told), *papers, *rules]

    def hindrance(self, *, weigh_advice: bool) -> str | None:
        """Why a verb that wants a clear case is not possible, in words, or nothing."""
        if self.faults:
            return f"表单和材料还有 {self.faults} 处要改"
        if self.findings.blocks:
            return f"有 {len(self.findings.blocks)} 条阻断：{self.findings.blocks[0].message}"
        if weigh_advice and self.open_advice:
            return f"处置 {len(self.open_advice)} 条提示后可通过"
        if weigh_advice and self.upheld:
            return f"{len(self.upheld)} 条提示已采信为违规，只能拟不予许可，或者告知申请人改正后重新提交"
        return None


def examine(case: Case, on: date) -> Examination:
    """Look at ``case`` as of ``on``; four queries of its own plus those of the item's ``gather``."""
    with case.item.together():
        filled = form_answers.fill(case)
        applicant = case.item.gather(filled.answers, case.subject_id, on)
    also, papers = parallel.findings([case]).get(case.pk, ()), list(_papers([case]))
    return _looked_at(case.item, filled, applicant, on, papers, Disposal.objects.filter(case_id=case.pk), also)


def examine_many(cases: Sequence[Case], on: date) -> list[Examination]:
    """Look at many cases of one item as of ``on``, in their order; as many queries as for one.

    The forms of their steps are made once and lent to one case after the other: ask them for nothing afterwards.
    """
    if not cases:
        return []
    item = cases[0].item
    filled = form_answers.fill_many(cases)
    applicants = item.gather_many(
        [(each.answers, case.subject_id) for each, case in zip(filled, cases, strict=True)], on
    )
    papers, disposals, twice = defaultdict(list), defaultdict(list), parallel.findings(cases)
    for paper in _papers(cases):
        papers[paper.case_id].append(paper)
    for disposal in Disposal.objects.filter(case__in=cases):
        disposals[disposal.case_id].append(disposal)
    return [
        _looked_at(item, each, applicant, on, papers[case.pk], disposals[case.pk], twice.get(case.pk, ()))
        for case, each, applicant in zip(cases, filled, applicants, strict=True)
    ]


def _looked_at(
    item: Item,
    filled: form_answers.Filled,
    applicant: Any,
    on: date,
    papers: Sequence[Paper],
    disposals: Iterable[Disposal],
    also: Sequence[Finding],
) -> Examination:
    applicant = item.with_papers(applicant, papers)
    steps = tuple(
        StepView(
            filled.steps[step.code],
            step.reason(applicant, on),
            filled.faults[step.code],
            step.code in filled.begun,
            filled.told[step.code],
        )
        for step in item.steps
        if step.applies(applicant, on)
    )
    handed_in = {paper.material: paper for paper in papers}
    materials = tuple(
        MaterialView(material, handed_in.get(material.code)) for material in item.needed_materials(applicant, on)
    )
    unfilled = [step.code for step in steps if step.faults]
    disposed = {(each.finding, each.message): each for each in disposals}
    found = item.examine(applicant, on, unfilled)
    findings = Findings(on, (*found.blocks, *also, *found.advice, *found.passes)) if also else found
    return Examination(on, filled.answers, steps, materials, findings, disposed)


def _papers(cases: Sequence[Case]) -> Iterable[Paper]:
    return Paper.objects.filter(case__in=cases, replaced=False).select_related("attachment")


def count(case: Case, examination: Examination) -> None:
    """Keep the number of findings beside the case for the worklist."""
    case.blocks, case.advice = examination.blocks, len(examination.open_advice)
    Case.objects.filter(pk=case.pk).update(blocks=case.blocks, advice=case.advice)
