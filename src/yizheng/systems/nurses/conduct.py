"""处罚登记, 恢复执业, 良好和不良记录, 虚假申请记录 of nurses.

护士条例 第十一条、第三十一条、第三十二条; 行政许可法 第七十八条、第七十九条; 行政处罚法 第七十三条.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from yizheng.kernel.codes import Code
from yizheng.kernel.statutes import licensing_law, nurse_regulation, penalty_law
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.models import Case
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.nurses.item import PERMITTED, NurseItem, kept_here
from yizheng.systems.nurses.models import EXPIRED, REGISTERED, SUSPENDED
from yizheng.systems.practitioners.bars import FALSE_APPLICATION
from yizheng.systems.practitioners.conduct import false_application, grounds, penalty, penalty_rules, record, suspension

_ARTICLE, _RECORDS = nurse_regulation(31), nurse_regulation(11)
_CONDUCT = record.rules("N", _RECORDS)


@declare
class PenaltyRecording(penalty.PenaltyItem, NurseItem):
    """护士行政处罚登记: a warning, six months to a year without practice, the certificate revoked."""

    code, title, short_title = "nurse_penalty_record", "护士行政处罚登记", "处罚登记"
    articles = (_ARTICLE, nurse_regulation(32))
    whom, kinds, alive = "nurse", "nurse_penalty_kind", (REGISTERED, SUSPENDED, EXPIRED)
    steps = (penalty.penalty_step(whom, kinds),)
    checks = (
        PERMITTED.status_permits(code),
        kept_here,
        *penalty_rules.rules("N", cited=_ARTICLE, suspended=_ARTICLE, fined=_ARTICLE, banned=_ARTICLE),
    )

    def take(self, case: Case, change: ChangeInProgress, kind: Code, since: date, answers: Answers, on: date) -> None:
        """A registration that is revoked takes along what rests on it."""
        super().take(case, change, kind, since, answers, on)
        if not kind.flag("suspends"):
            self.end_dependents(case.subject_id, change, since, because=kind.name)


@check("N-SE04", _ARTICLE, title="注册终止后仍有正在执行的暂停执业", needs=("resuming",))
def order_still_runs(nurse: suspension.Suspended, on: date) -> Iterator[Finding]:
    """After the term an order matters only while it runs, for it stands in the way of a registration; it ends by being lifted."""
    if nurse.register_status in (SUSPENDED, REGISTERED):
        return
    if nurse.ground != suspension.LIFTED or nurse.ordered_until is None or nurse.ordered_until < on:
        yield refuse("resuming.ground", "注册已经终止，只登记正在执行的暂停执业被撤销、变更或者停止执行")


@declare
class SuspensionEnd(suspension.SuspensionEnd, NurseItem):
    """护士恢复执业: the order was taken back before its last day, after which she practises again by herself."""

    code, title = "nurse_suspension_end", "护士恢复执业"
    articles, by_penalty = (_ARTICLE,), (SUSPENDED, "DEREG")
    checks = (
        PERMITTED.status_permits(code),
        kept_here,
        suspension.period_is_over("N-SE01", _ARTICLE),
        suspension.lifted_by_a_decision("N-SE03", penalty_law(73)),
        order_still_runs,
    )

    def told(self, statuses: Sequence[str]) -> str:
        """Where no registration stands the order alone ends, which stood in the way of a new one."""
        return "恢复执业" if statuses else "暂停执业的决定不再执行"


class NurseConductStep(record.ConductStep):
    """Commendations and tasks ordered by the government; penalties and sanctions."""

    category = record.categories_of("nurse")


@declare
class ConductReport(record.ConductReport, NurseItem):
    """良好和不良记录: by the institution."""

    code, title, short_title = "nurse_conduct_record", "护士良好和不良记录", "良好和不良记录"
    articles, steps = (_RECORDS,), (NurseConductStep,)
    checks = (PERMITTED.status_permits(code), kept_here, *_CONDUCT)


@declare
class ConductDecision(record.ConductDecision, NurseItem):
    """良好和不良记录: by the authority."""

    code, title, short_title = "nurse_conduct_decision", "护士良好和不良记录（主管部门）", "主管部门记录"
    articles, steps = (_RECORDS,), (NurseConductStep,)
    checks = (PERMITTED.status_permits(code), kept_here, *_CONDUCT)


@declare
class FalseApplicationRecord(false_application.FalseApplicationRecord, NurseItem):
    """虚假申请记录: no application to be registered as a nurse is accepted for a year."""

    code = "nurse_false_application_record"
    checks = (PERMITTED.status_permits(code), false_application.of_a_refused_case("N-FALSE", licensing_law(78)))


class NurseGroundEndStep(grounds.GroundEndStep):
    """The grounds that are entered of nurses: a false application, a ban from all health services."""

    ground = coded("doctor_refusal_reason", "情形", only=lambda code: code.code in (FALSE_APPLICATION, "R12"))


@declare
class GroundEnd(grounds.GroundEnd, NurseItem):
    """不予受理、不予注册情形的终止: the finding it rests on was taken back."""

    code, title = "nurse_refusal_ground_end", "护士不予注册情形终止登记"
    articles, steps = (penalty_law(75, 2), licensing_law(78)), (NurseGroundEndStep,)
    checks = (
        PERMITTED.status_permits(code),
        grounds.stands_on_record("N-RG11", licensing_law(78)),
        grounds.ceases_after_it_began("N-RG12", licensing_law(78)),
    )
