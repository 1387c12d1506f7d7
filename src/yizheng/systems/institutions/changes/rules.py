"""What the authority asks before entries change: what changes at all, who staffs a new subject, where the line of beds is crossed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import institution_regulation, institution_rules
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.institutions.changes import kinds
from yizheng.systems.institutions.record import rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Changing(rules.Plan):
    """An institution whose entries are to change: the plan is what it will be."""

    kinds: Sequence[str] = ()
    unchanged: Sequence[str] = ()
    """Kinds that were chosen though what is stated stands already."""
    leaves: bool = False
    """Whether the new place lies outside the area of the authority."""
    unstaffed: Sequence[str] = ()
    """New subjects that nobody here may practise."""
    unasked: Sequence[str] = ()
    """New subjects that no scope of practice is laid down for, or nobody answers for."""
    stranded: int = 0
    """How many practise here at nothing but what is given up."""
    crossed: str = ""
    """What turns with the line of beds; empty where it is not crossed."""


@check("I-C-NOTHING", institution_regulation(19), title="所选事项确有变更", needs=("kinds",))
def something_changes(change: Changing, on: date) -> Iterator[Finding]:
    """A kind that is chosen changes something."""
    if change.unchanged:
        yield refuse("kinds.kinds", f"{kinds.named(set(change.unchanged))}与现在的登记相同，请修改或者去掉该变更事项")


@check("I-C-AREA", institution_rules(32), title="新地点在登记机关辖区之内", needs=("kinds",))
def stays_in_the_area(change: Changing, on: date) -> Iterator[Finding]:
    """Who moves out of the area ends here and is registered there."""
    if change.leaves:
        yield refuse(
            "address.district", "迁出登记机关管辖区域的，须先在原登记机关办理注销登记，再向新址的登记机关申请执业登记"
        )


@check("I-C-STAFF", institution_regulation(15), title="新增科目有相应的卫生技术人员", needs=("kinds",))
def new_subjects_are_staffed(change: Changing, on: date) -> Iterator[Finding]:
    """Somebody registered or filed here may practise each subject that is added."""
    if change.unstaffed:
        yield refuse(
            "subjects.subjects",
            f"本机构没有执业范围可以从事{_named(change.unstaffed)}的医师，请先办理医师注册或者多机构备案",
        )
    if change.unasked:
        yield advise("subjects.subjects", f"{_named(change.unasked)}没有对应的医师执业范围，请核对人员名录")


@check("I-C-LEFT", institution_regulation(26), title="取消的科目不影响在册医师", needs=("kinds",))
def nobody_is_stranded(change: Changing, on: date) -> Iterator[Finding]:
    """Who may practise nothing but what is given up must go on somewhere else."""
    if change.stranded:
        yield advise(
            "subjects.subjects", f"取消科目后，{change.stranded} 名医师的执业范围在本机构没有相符的科目，准予后列入拟办"
        )


@check(
    "I-C-LINE", institution_regulation(11), institution_regulation(21), title="床位没有越过 100 张", needs=("kinds",)
)
def the_line_of_beds(change: Changing, on: date) -> Iterator[Finding]:
    """Authority, period of verification and term turn at once."""
    if change.crossed:
        yield advise("site.beds", change.crossed)


CHECKS = (
    *rules.SOUND, something_changes, stays_in_the_area, new_subjects_are_staffed, nobody_is_stranded, the_line_of_beds,
)  # fmt: skip


def _named(codes: Sequence[str]) -> str:
    return "、".join(name_of("clinical_subject", code) for code in codes)
