"""业务数据回退 of a change: proposed by one deciding person of the authority, approved by another, answered outside.

The approving transaction undoes the change line by line and ends or restores the certificates and instruments it issued
(行政许可法 第八条、第六十九条: what was granted is taken back only by a new act). What later decisions rest upon is kept, and
the approver agrees to exactly the lines that the proposal named. Upper rooms say why a change cannot be rolled back
(`why_not`) and what else is done in the same transaction (`touching.follows`). The case whose change went back ends as 已回退, with an
event of its own, so that lists, counts, timeline and clock follow; undoing that rollback gives it the state it had.
"""

from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from yizheng.documents import compensation
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.case_clock import timekeeping
from yizheng.licensing.cases import notices
from yizheng.licensing.cases.touching import Touched, call_followers, follows
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.ports.questions import Question
from yizheng.licensing.states import CaseState
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import Held, held_by
from yizheng.people.scope import acting_as_system
from yizheng.registry import kinds, preview_rollback, rollback
from yizheng.registry.failures import RegistryError
from yizheng.registry.models import Change, ChangeKind, Fact, FactQuerySet, StateFact
from yizheng.registry.reading import facts_touched
from yizheng.registry.registers import Register
from yizheng.registry.rolling_back.undoing import LineKey, RollbackPreview
from yizheng.work import approval, inbox
from yizheng.work.models import Approval

KIND = "registry.rollback"
DECEIT = "deceit"
GROUNDS = {
    "correction": "更正：登记有笔误或者录错人员",
    "69-1": "行政许可法第六十九条第一款第一项：工作人员滥用职权、玩忽职守",
    "69-2": "行政许可法第六十九条第一款第二项：超越法定职权",
    "69-3": "行政许可法第六十九条第一款第三项：违反法定程序",
    "69-4": "行政许可法第六十九条第一款第四项：申请人不具备资格或者不符合条件",
    "69-5": "行政许可法第六十九条第一款第五项：依法可以撤销的其他情形",
    DECEIT: "申请人以欺骗、贿赂等不正当手段取得",
}
"""Why what was decided is taken back; the last one is no ground for a rollback but for an annulment."""

why_not: Question[frozenset[int], str] = Question("这些主体的登记能否单方回退")
"""Answered by sentences without a full stop, each a reason why what was decided about these subjects is not undone."""

cautions: Question[tuple[Fact, ...], str] = Question("这些版本恢复以后会怎样")
"""Answered by sentences about versions that a rollback would put in force again: what whoever asks and approves must know."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What rolling back a change would do now: the registry's preview and the authorities that made the change."""

    preview: RollbackPreview
    authorities: frozenset[int]

    @property
    def undoes_something(self) -> bool:
        """Whether a line would go back, and of a change about one subject its registration; as the system.

        Where the registration itself stays, taking back only what was entered beside it would call the case undone
        while its result goes on.
        """
        refused, lines = self.preview.refused, [effect.line for effect in self.preview.lines()]
        principal = {kind.fact_table() for kind in kinds() if kind.head}
        stays = any(line in refused for line in lines if line.table in principal)
        about_one = len({line.subject_id for line in lines}) == 1
        return any(line not in refused for line in lines) and not (about_one and stays)

    @property
    def kept(self) -> list[list[Any]]:
        """The lines that stay as they are, as a proposal records them."""
        refused = self.preview.refused
        return [[key.table, key.subject_id, key.line, why] for key, why in sorted(refused.items())]


def plan_for(change_id: int) -> Plan:
    """The plan, made with sight of every line. Raises registry's NotUndoable."""
    with acting_as_system(f"回退预览 change:{change_id}"):
        return Plan(preview_rollback(change_id), _authorities(change_id))


def may_roll_back(account: Account, authorities: Iterable[int]) -> bool:
    """Whether the account decides for every authority that made the change."""
    return held_by(account).has_over(Role.DECIDER, authorities)


def hindrance(change_id: int) -> str:
    """Why the change cannot be rolled back at all: it is not the last, or a register says no; empty when it can."""
    with acting_as_system(f"回退预览 change:{change_id}"):
        change = Change.objects.filter(pk=change_id).first()
        if change is None or change.position is None or change.kind != ChangeKind.DECISION:
            return ""
        subjects, states = _subjects(change_id)
        if reasons := why_not.ask(frozenset(subjects)):
            return reasons[0]
        later = _later_decisions(change, subjects, states)
    return f"此后还有变更（序位 {later:,}），只能回退本人最后一次生效的变更" if later else ""


def _subjects(change_id: int) -> tuple[set[int], list[Any]]:
    """Whose states the change touched, and the kinds of states of the same registers: an event is no later business."""
    states = [kind for kind in kinds() if issubclass(kind, StateFact)]
    found: set[int] = set()
    registers: set[Register | None] = {None}
    for kind in states:
        touched = set(_touched(kind, change_id).values_list("subject_id", flat=True))
        found |= touched
        registers |= {kind.register} if touched else set()
    return found, [kind for kind in states if kind.register in registers]


def _later_decisions(change: Change, subjects: Collection[int], states: Iterable[Any]) -> int | None:
    """The position of the first later change of these subjects' states that still stands."""
    numbers: set[int] = set()
    for kind in states:
        rows: FactQuerySet[Any] = FactQuerySet(kind).filter(subject_id__in=subjects, opened__gt=change.pk)
        numbers.update(rows.values_list("opened", flat=True))
    later = Change.objects.filter(pk__in=numbers, position__gt=change.position, undoes=None)
    standing = later.exclude(pk__in=Change.objects.filter(undoes__in=numbers).values("undoes"))
    return standing.order_by("position").values_list("position", flat=True).first()


def propose(account: Account, change_id: int, title: str, ground: str, reason: str) -> Approval:
    """Ask a second deciding person, on a ground of the law. Raises ApprovalRefused, NotUndoable."""
    if ground == DECEIT:
        raise approval.ApprovalRefused("以欺骗等不正当手段取得的，应当依法撤销（处罚登记、撤销医师资格），不能回退。")
    if ground not in GROUNDS:
        raise approval.ApprovalRefused("请选择回退的法定理由。")
    if why := hindrance(change_id):
        raise approval.ApprovalRefused(f"{why}。")
    plan = plan_for(change_id)
    if not may_roll_back(account, plan.authorities):
        raise approval.ApprovalRefused("回退须由作出该登记的机关的决定人员提请。")
    with acting_as_system(f"回退预览 change:{change_id}"):
        if not plan.undoes_something:
            raise approval.ApprovalRefused("登记本身或者各登记项都不能回退，没有可以提请的内容。")
    payload = {
        "change": change_id,
        "title": title,
        "ground": ground,
        "kept": plan.kept,
        "authorities": sorted(plan.authorities),
    }
    made = approval.propose(
        KIND, f"change:{change_id}", account, payload, f"{GROUNDS[ground]}。{reason}" if reason.strip() else ""
    )
    for scope in sorted(plan.authorities):
        inbox.send(
            title=f"待批准：回退“{title}”",
            kind="approval",
            role=Role.DECIDER,
            scope=scope,
            link=reverse("work:approvals"),
        )
    return made


def waiting_for(change_id: int) -> Approval | None:
    """The proposal about the change that waits for a second person."""
    waiting = Approval.objects.waiting().filter(kind=KIND, object_ref=f"change:{change_id}")
    return waiting.select_related("proposer").first()


def _may_decide(held: Held, made: Approval) -> bool:
    return held.has_over(Role.DECIDER, made.payload["authorities"])


def _carry_out(made: Approval) -> None:
    """Undo the change, answer it in documents and publish anew; refusals leave the proposal waiting."""
    if made.decider_id is None:
        raise approval.ApprovalRefused("回退须由另一人批准。")
    try:
        with acting_as_system(f"业务数据回退 approval:{made.pk}"):
            _undo(made, made.decider_id)
    except RegistryError as refused:
        raise approval.ApprovalRefused(str(refused)) from refused
    inbox.send(to=made.proposer, title=f"已回退“{made.payload['title']}”", kind="approval")


def _undo(made: Approval, decider: int) -> None:
    change_id = int(made.payload["change"])
    if why := hindrance(change_id):
        raise approval.ApprovalRefused(f"{why}。")
    plan = plan_for(change_id)
    if plan.kept != made.payload["kept"] or sorted(plan.authorities) != made.payload["authorities"]:
        raise approval.ApprovalRefused("提请之后又有变更，回退的范围已不同，请驳回后重新提请。")
    done = rollback(
        change_id,
        actor=made.proposer_id,
        approved_by=decider,
        reason=made.reason,
        cause=f"approval:{made.pk}",
        keep=plan.preview.refused,
    )
    compensation.to_rollback(change_id).carry_out(by=done.pk, on=timezone.localdate())
    call_followers(Touched(done, str(made.payload["title"]), facts_touched(done.pk)))


def _authorities(change_id: int) -> frozenset[int]:
    """The authority that decided; of a change that no case decided, all those whose entries it touched.

    A decision rewrites particulars of the person as well, and these belong to whoever entered them first.
    """
    word, _, number = Change.objects.values_list("cause", flat=True).get(pk=change_id).partition(":")
    case = Case.objects.filter(pk=int(number)).first() if word == "case" and number.isdecimal() else None
    if case is not None:
        return frozenset({case.decided_by})
    touched = (_touched(kind, change_id).values_list("authority_scope", flat=True) for kind in kinds())
    return frozenset(chain.from_iterable(touched))


def _touched(kind: Any, change_id: int) -> FactQuerySet[Any]:
    return FactQuerySet(kind).filter(Q(opened=change_id) | Q(closed=change_id))


def lines_of(preview: RollbackPreview, seen: Container[LineKey]) -> tuple[list[LineKey], int, int]:
    """The lines among `seen` that a rollback touches; how many others it would undo, and how many others it keeps."""
    refused = preview.refused
    mine: list[LineKey] = []
    undone = kept = 0
    with acting_as_system(f"回退预览 change:{preview.change.pk}"):
        for effect in preview.lines():
            if effect.line in seen:
                mine.append(effect.line)
            elif effect.line in refused:
                kept += 1
            else:
                undone += 1
    return mine, undone, kept


approval.ApprovalKind(KIND, title="业务数据回退", may_decide=_may_decide, carry_out=_carry_out)


VERB, RESTORED = "roll_back", "undo_roll_back"
TITLES = {VERB: "登记已回退", RESTORED: "回退已撤销，恢复原结果"}


def taken_back(case: Case) -> str:
    """A sentence with the day the register went back to what it said before this case; empty where it did not."""
    if case.state != CaseState.ROLLED_BACK:
        return ""
    on = CaseEvent.objects.filter(case=case, verb=VERB).order_by("-id").values_list("on", flat=True).first()
    day = f"已于{long_date(on)}" if on else "已"
    return f"本办件的登记{day}回退，登记簿恢复为办理以前的内容；本页的结果不再有效"


@follows
def mark_cases(rolled_back: Touched) -> None:
    """End the cases whose change went back; where what went back was itself a rollback, give theirs the former state."""
    undone, again = rolled_back.change.undoes_id or 0, _standing_again(rolled_back.change)
    cases = Case.objects.select_for_update(no_key=True)
    gone = cases.filter(change_id=undone).exclude(state=CaseState.ROLLED_BACK)
    told = "，".join(["登记簿恢复为办理以前的内容", *cautions.ask(again)])
    _move(gone, rolled_back.change, VERB, f"登记已回退，“{{summary}}”不再有效，{told}")
    original = Change.objects.filter(pk=undone).values_list("undoes_id", flat=True).first()
    if original is not None:
        _move(
            cases.filter(change_id=original, state=CaseState.ROLLED_BACK),
            rolled_back.change,
            RESTORED,
            "回退已撤销，“{summary}”恢复有效",
        )


def _standing_again(change: Change) -> tuple[Fact, ...]:
    """The versions the rollback put in force again."""
    found: list[Fact] = []
    for kind in kinds():
        rows: FactQuerySet[Any] = FactQuerySet(kind).filter(opened=change.pk)
        found += rows
    return tuple(found)


def _move(cases: Iterable[Case], change: Change, verb: str, words: str) -> None:
    approver = Account.objects.filter(pk=change.approved_by_id or 0).first()
    for case in cases:
        former, case.state = case.state, _destination(case, verb)
        case.revision += 1
        CaseEvent.of(
            case, verb, TITLES[verb], on=timezone.localdate(), actor=approver, former=former,
            reason=change.reason, detail={"change": change.pk},
        ).save()  # fmt: skip
        case.save(update_fields=["state", "revision", "saved_at"])
        timekeeping.wind(case, case.item)
        _tell(case, f"{case.item.title}：{words.format(summary=case.summary or case.item.short_title)}")
        audit.record(approver, f"case.{verb}", f"case:{case.pk}", {"number": case.number, "to": case.state})


def _tell(case: Case, sentence: str) -> None:
    """The person, whoever applied for her, and the institution concerned learn what stands now."""
    notices.to_applicants([(case, sentence)])
    notices.to_institution(case, f"{case.applicant_name}　{sentence}")


def _destination(case: Case, verb: str) -> str:
    if verb == VERB:
        return CaseState.ROLLED_BACK
    events = CaseEvent.objects.filter(case=case, verb=VERB).order_by("-id")
    return events.values_list("from_state", flat=True)[0]
