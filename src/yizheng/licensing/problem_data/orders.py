"""更正单: a problem is told, taken up, and answered by a proposal that another deciding person of the authority approves.

What is proposed names the versions it is about; when the register has changed since, the approval is refused. A correction is a
new version known from today, while the days for which it holds stay as they were (行政许可法 第六十九条 is about decisions; here
the register is brought in line with what was decided).
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from yizheng.documents import attachments, compensation
from yizheng.licensing.cases.touching import Touched, call_followers, follows
from yizheng.licensing.models import Problem, ProblemAct, ProblemEvent, ProblemReason, ProblemSource, ProblemState
from yizheng.licensing.problem_data import merging
from yizheng.licensing.problem_data.reprinting import reprint
from yizheng.licensing.problem_data.values import altered, difference, plain
from yizheng.people import audit, vault
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import Held, allowed
from yizheng.people.scope import acting_as_system
from yizheng.registry import FOREVER, changing, preview_rollback, rollback
from yizheng.registry.failures import RegistryError
from yizheng.registry.models import Change, ChangeKind, EventFact, Fact, SameAs
from yizheng.registry.models.fact import FactQuerySet
from yizheng.registry.reading import facts_touched, kind_of_table
from yizheng.registry.registers import Register
from yizheng.registry.verbs import ChangeInProgress
from yizheng.work import approval, inbox
from yizheng.work.approval import ApprovalRefused
from yizheng.work.models import Approval

KIND = "licensing.problem"
HANDLERS = (Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER)


class NotPossible(Exception):
    """The problem, its state or the account stands against it; the words say so."""


def report(
    register: Register,
    subject_id: int,
    subject_name: str,
    authority_scope: int,
    words: str,
    *,
    source: ProblemSource,
    found_by: str,
    account: Account | None = None,
    contact: str = "",
    evidence: tuple[BinaryIO, str] | None = None,
) -> Problem:
    """Somebody found something wrong; the desks of the authority are told. Raises NotPossible, RefusedFile."""
    if not words.strip():
        raise NotPossible("请写明哪一项有问题、应当是什么")
    with transaction.atomic(), acting_as_system("登记问题数据"):
        problem = Problem.objects.create(
            register=register.code, subject_id=subject_id, subject_name=subject_name[:200], authority_scope=authority_scope,
            source=source, found_by=found_by[:100], words=words.strip()[:1000], opened_by=account,
            sealed_contact=vault.seal_text(subject_id, contact) if contact else "",
        )  # fmt: skip
        _note(problem, f"发现：{problem.get_source_display()}", words, account, evidence)
        audit.record(
            account, "problem.report", f"problem:{problem.pk}", {"subject": subject_id, "source": source.value}
        )
        inbox.send(
            title=f"问题数据：{subject_name}", kind="problem", role=Role.REVIEWER, scope=authority_scope,
            link=reverse("problems:problem", args=[problem.pk]),
        )  # fmt: skip
    return problem


def _note(
    problem: Problem, what: str, words: str, account: Account | None, evidence: tuple[BinaryIO, str] | None = None
) -> None:
    """One row of the history, with its evidence."""
    kept = None
    if evidence is not None:
        file, name = evidence
        kept = attachments.keep(file, name, subject_id=problem.subject_id, authority_scope=problem.authority_scope)
    ProblemEvent.objects.create(problem=problem, what=what, words=words.strip()[:1000], account=account, evidence=kept)


def may_handle(account: Account, problem: Problem) -> bool:
    """Whether the account works at the desk the problem lies on."""
    return any(allowed(account, role, problem.authority_scope) for role in HANDLERS)


def take(account: Account, problem: Problem) -> None:
    """The account sees to it from now on. Raises NotPossible."""
    _check(account, problem)
    Problem.objects.filter(pk=problem.pk).update(owner=account)
    _note(problem, "接办", "", account)
    audit.record(account, "problem.take", f"problem:{problem.pk}")


def dismiss(account: Account, problem: Problem, why: str) -> None:
    """The register is right as it is. Raises NotPossible."""
    _check(account, problem)
    if not why.strip():
        raise NotPossible("请写明为什么不处理，发现人会看到")
    _close(problem, ProblemState.DISMISSED)
    _note(problem, "不予处理", why, account)
    audit.record(account, "problem.dismiss", f"problem:{problem.pk}")
    _tell_finder(problem, f"经核实，登记无误：{why.strip()[:80]}")


def _check(account: Account, problem: Problem) -> None:
    if not may_handle(account, problem):
        raise NotPossible("问题数据由该机关的受理、审核、决定人员处理")
    if problem.state != ProblemState.OPEN:
        raise NotPossible(f"本问题{problem.get_state_display()}，不能再处理")
    if waiting_for(problem) is not None:
        raise NotPossible("已经提请，等另一人批准或者驳回以后再处理")


def _close(problem: Problem, state: ProblemState, **more: Any) -> None:
    open_ones = Problem.objects.filter(pk=problem.pk, state=ProblemState.OPEN)
    if not open_ones.update(state=state, closed_at=timezone.now(), **more):
        raise NotPossible("本问题已由他人办结，请刷新")
    problem.state = state


def _tell_finder(problem: Problem, words: str) -> None:
    if problem.opened_by is not None:
        inbox.send(to=problem.opened_by, title=f"{problem.subject_name} {problem.number}：{words}", kind="problem")


def waiting_for(problem: Problem) -> Approval | None:
    """What is proposed about the problem and waits for a second person."""
    waiting = Approval.objects.waiting().filter(kind=KIND, object_ref=f"problem:{problem.pk}")
    return waiting.select_related("proposer").first()


def propose_correction(
    account: Account, problem: Problem, version: Fact, values: Mapping[str, Any], reason: str, words: str
) -> Approval:
    """Ask for a version of the subject to say this instead, for the days it holds. Raises NotPossible, ApprovalRefused."""
    if reason not in set(ProblemReason):
        raise NotPossible("请选择出错的原因")
    with acting_as_system(f"更正预览 problem:{problem.pk}"):
        rows = difference(version, altered(version, values))
    if not rows:
        raise NotPossible("填写的内容与登记的一致，没有需要更正的")
    payload = {
        "act": ProblemAct.CORRECT, "reason": reason, "table": version.fact_table(), "version": version.pk,
        "values": {name: plain(value) for name, value in values.items()}, "rows": [list(row) for row in rows],
    }  # fmt: skip
    return _propose(account, problem, payload, [version.authority_scope], words)


def propose_merge(account: Account, problem: Problem, into: int, into_name: str, words: str) -> Approval:
    """Ask for the subject of the problem to be merged into another one. Raises NotPossible, ApprovalRefused."""
    with acting_as_system(f"合并预览 problem:{problem.pk}"):
        made = merging.plan(problem.subject_id, into)
    if made.hindrance:
        raise NotPossible(made.hindrance)
    payload = {
        "act": ProblemAct.MERGE, "reason": ProblemReason.DUPLICATE, "into": into, "into_name": into_name,
        "shown": made.shown, "rows": [["主体", problem.subject_name, into_name]],
    }  # fmt: skip
    return _propose(account, problem, payload, made.scopes, words)


def propose_split(account: Account, problem: Problem, merged: Fact, words: str) -> Approval:
    """Ask for a merge to be taken back. Raises NotPossible, ApprovalRefused."""
    payload = {
        "act": ProblemAct.SPLIT, "reason": ProblemReason.DUPLICATE, "change": merged.opened,
        "rows": [["主体", "合并为一个", "恢复为两个"]],
    }  # fmt: skip
    return _propose(account, problem, payload, [merged.authority_scope], words)


def _propose(
    account: Account, problem: Problem, payload: dict[str, Any], scopes: Iterable[int], words: str
) -> Approval:
    _check(account, problem)
    asked = sorted(set(scopes))
    if any(not any(allowed(account, role, scope) for role in HANDLERS) for scope in asked):
        raise NotPossible("登记由其他机关作出，须由全部相关机关的人员提请")
    act = ProblemAct(payload["act"])
    payload |= {"problem": problem.pk, "authorities": asked, "title": f"{act.label}：{problem.subject_name}"}
    with transaction.atomic():
        made = approval.propose(KIND, f"problem:{problem.pk}", account, payload, words)
        Problem.objects.filter(pk=problem.pk).update(owner=account)
        _note(problem, f"提请{act.label}", words, account)
        for scope in asked:
            inbox.send(
                title=f"待批准：{payload['title']}", kind="approval", role=Role.DECIDER, scope=scope,
                link=reverse("work:decide", args=[made.pk]),
            )  # fmt: skip
    return made


def _may_decide(held: Held, made: Approval) -> bool:
    return held.has_over(Role.DECIDER, made.payload["authorities"])


def _carry_out(made: Approval) -> None:
    """Do what was proposed; refusals leave the proposal waiting."""
    with acting_as_system(f"问题数据处理 approval:{made.pk}"):
        problem = Problem.objects.select_for_update().get(pk=made.payload["problem"])
        act = ProblemAct(made.payload["act"])
        try:
            change = _ACTS[act](made, problem)
        except RegistryError as refused:
            raise ApprovalRefused(str(refused)) from refused
        try:
            _close(
                problem, ProblemState.DONE, act=act, reason=made.payload["reason"], change_id=change.pk,
                effect={"rows": made.payload["rows"], **({"into": made.payload["into"]} if "into" in made.payload else {})},
            )  # fmt: skip
        except NotPossible as refused:
            raise ApprovalRefused(str(refused)) from refused
        call_followers(Touched(change, made.payload["title"], facts_touched(change.pk)))
        _note(problem, f"批准{act.label}", f"序位 {change.position:,}", made.decider)
        audit.record(made.decider, f"problem.{act.value}", f"problem:{problem.pk}", {"change": change.pk})
        _tell_finder(problem, f"已{act.label}")


def _correct(made: Approval, problem: Problem) -> Change:
    asked, today = made.payload, timezone.localdate()
    rows: FactQuerySet[Any] = FactQuerySet(kind_of_table(asked["table"]))
    version = rows.current().filter(pk=asked["version"]).first()
    if version is None:
        raise ApprovalRefused("提请之后登记又有变更，请驳回后重新提请。")
    with _changing(made, problem) as change:
        values = {**version.values(), **asked["values"]}
        if isinstance(version, EventFact):
            after: Fact = change.correct_event(version, values)
        else:
            after = change.state(
                type(version), version.subject_id, version.line, values,
                valid_from=version.valid_from, valid_to=version.valid_to, authority_scope=version.authority_scope,
            )  # fmt: skip
        change.flush()
        for certificate in reprint(change, version, after, today):
            _note(problem, "证照已重制", f"{certificate.title}第 {certificate.version} 版", None)
    return change.record


def _merge(made: Approval, problem: Problem) -> Change:
    found = merging.plan(problem.subject_id, made.payload["into"])
    if found.hindrance:
        raise ApprovalRefused(f"{found.hindrance}。")
    if found.shown != made.payload["shown"]:
        raise ApprovalRefused("提请之后登记又有变更，合并的内容已不同，请驳回后重新提请。")
    with _changing(made, problem) as change:
        merging.carry_out(found, change, problem.register, timezone.localdate())
    return change.record


def _split(made: Approval, problem: Problem) -> Change:
    merged = int(made.payload["change"])
    done = rollback(
        merged, actor=made.proposer_id, approved_by=made.decider_id or 0, reason=made.reason,
        cause=f"problem:{problem.pk}", keep=preview_rollback(merged).refused,
    )  # fmt: skip
    compensation.to_rollback(merged).carry_out(by=done.pk, on=timezone.localdate())
    return done


def _changing(made: Approval, problem: Problem) -> AbstractContextManager[ChangeInProgress]:
    return changing(
        kind=ChangeKind.CORRECTION, actor=made.proposer_id, approved_by=made.decider_id,
        cause=f"problem:{problem.pk}", reason=made.reason,
    )  # fmt: skip


_ACTS = {ProblemAct.CORRECT: _correct, ProblemAct.MERGE: _merge, ProblemAct.SPLIT: _split}
approval.ApprovalKind(KIND, title="问题数据处理", may_decide=_may_decide, carry_out=_carry_out)


@follows
def mark_undone(touched: Touched) -> None:
    """A problem whose correction or merge was taken back says so."""
    gone = Problem.objects.filter(change_id=touched.change.undoes_id or 0, state=ProblemState.DONE)
    for problem in gone:
        Problem.objects.filter(pk=problem.pk).update(state=ProblemState.UNDONE)
        _note(problem, "已回退", f"序位 {touched.change.position:,}", None)


def merges_of(subject_id: int) -> list[SameAs]:
    """The merges that stand and brought the subject under another one, or others under it; call it as the system."""
    named = Q(subject_id=subject_id) | Q(principal_id=subject_id)
    return list(SameAs.objects.current().filter(named, valid_to=FOREVER).order_by("pk"))
