"""The same applied for twice: another application of the item about the person is under way already.

Neither is void: whoever decides weighs them together and grants one (行政许可法 第三十四条). An institution does not hand in what it
knows to be under way; of an application to another institution it is told nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from yizheng.kernel.statutes import licensing_law
from yizheng.licensing.findings import Finding, Severity
from yizheng.licensing.item import Item, Shape
from yizheng.licensing.models import Case
from yizheng.licensing.states import EDITABLE, CaseState
from yizheng.people.scope import acting_as_system

CODE, TITLE = "TWICE", "同一事项没有另一件在办"
TOGETHER = "请一并核对，不要重复准予"
WHY = "核对同一事项的在办办件"


def findings(cases: Sequence[Case]) -> dict[int, list[Finding]]:
    """What the reader of each of these cases of one item must know of the others about the person, by case; one query."""
    if not cases or not _once(cases[0].item):
        return {}
    found: dict[int, list[Finding]] = {}
    under_way = _under_way(cases[0].item, [case.subject_id for case in cases if case.is_open])
    for case in cases:
        others = [each for each in under_way[case.subject_id] if each.pk != case.pk and _may_know(case, each)]
        if others and case.is_open:
            found[case.pk] = [_finding(case, others[0])]
    return found


def barred(cases: Iterable[Case]) -> dict[int, str]:
    """Which of the cases stand beside another and so are decided one by one, with the reason, by case."""
    by_item: dict[Item, list[Case]] = defaultdict(list)
    for case in cases:
        by_item[case.item].append(case)
    return {
        pk: f"{told[0].message}，须在办件页单独办理" for same in by_item.values() for pk, told in findings(same).items()
    }


def told_to_institution(item: Item, subject_id: int, institution_scope: int) -> str:
    """Why the institution need not begin the item for the person, or nothing."""
    if not _once(item):
        return ""
    others = [
        each for each in _under_way(item, [subject_id])[subject_id] if each.institution_scope == institution_scope
    ]
    return _sentence(item, others[0]) if others else ""


def _once(item: Item) -> bool:
    """Whether one application of the item at a time is enough for anybody."""
    return item.shape is Shape.LICENCE and not item.several


def _under_way(item: Item, subjects: Sequence[int]) -> defaultdict[int, list[Case]]:
    found: defaultdict[int, list[Case]] = defaultdict(list)
    with acting_as_system(WHY):
        handed_in = Case.objects.open().exclude(state=CaseState.DRAFT)
        known = handed_in.filter(subject_id__in=subjects, item_code=item.code).order_by() if subjects else ()
        for each in sorted(known, key=lambda case: case.pk):
            found[each.subject_id].append(each)
    return found


def _may_know(case: Case, other: Case) -> bool:
    """Before it reaches the authority an institution's own application is compared with what the institution has itself."""
    inside = case.begun_by_institution and case.state in EDITABLE
    return not inside or other.institution_scope == case.applicant_scope


def _finding(case: Case, other: Case) -> Finding:
    severity = Severity.BLOCK if case.begun_by_institution and case.state == CaseState.DRAFT else Severity.ADVISE
    return Finding(
        CODE, severity, _sentence(case.item, other), evidence=TOGETHER, articles=(licensing_law(34),), title=TITLE
    )


def _sentence(item: Item, other: Case) -> str:
    return f"{item.whom}的同一事项已有在办办件 {other.number}"
