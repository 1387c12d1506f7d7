"""医疗机构变更登记: the chosen entries change, the licence is made anew, and what turns with them turns at once."""

from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.kernel.calendar.periods import term_end
from yizheng.kernel.statutes import institution_regulation, institution_rules, licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.desk_steps import VisitStep
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import Check
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, WorkingDays
from yizheng.licensing.models import Case
from yizheng.licensing.ports.consequences import carry_change, follow_change
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import open_to
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.changes import kinds
from yizheng.systems.institutions.changes.altered import altered, chosen, standing_parts
from yizheng.systems.institutions.changes.rules import CHECKS, Changing
from yizheng.systems.institutions.changes.steps import PARTS, KindsStep
from yizheng.systems.institutions.changes.weighing import Turn, weighed
from yizheng.systems.institutions.item import InstitutionItem, office
from yizheng.systems.institutions.record.entering import enter, enter_period, move, standing
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.printing import certify
from yizheng.systems.institutions.record.rules import FOR_PROFIT
from yizheng.systems.institutions.record.steps import PromiseStep
from yizheng.systems.institutions.registration.rules import TermYears


def _of(*wanted: str) -> Any:
    """Whether one of these kinds was chosen: of papers asked for because of them."""
    return lambda changing, on: bool(set(wanted) & set(changing.kinds))


def _of_business(changing: Changing, on: date) -> bool:
    """Whether the business licence says so too: name, representative or capital of one that seeks profit."""
    concerned = {kinds.NAME, kinds.LEGAL, kinds.PRINCIPAL, kinds.CAPITAL} & set(changing.kinds)
    return changing.business_nature == FOR_PROFIT and bool(concerned)


class RecordChange(InstitutionItem):
    """The entries of the record change, one case for as many kinds as change together."""

    steps: ClassVar[tuple[type[Step], ...]] = (KindsStep, *PARTS, PromiseStep)
    weighs = Changing
    checks: ClassVar[tuple[Check, ...]] = CHECKS
    granted: ClassVar[str] = "准予变更"

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Every part with what stands."""
        return standing_parts(self.held(subject_id, timezone.localdate()))

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """Before and after."""
        return dict(weighed(answers, self.held(subject_id, on)))

    def enter_more(self, answers: Answers, held: Held, change: ChangeInProgress, deciding: Scope) -> None:
        """What stands beside the record and changes with it."""

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The record after the change; across the line of beds another authority, period and term."""
        answers, deciding = load(case), office(case)
        with acting_as_system(f"{self.title}登记"):
            held = self.held(case.subject_id, on)
            turn = Turn(standing(held), altered(answers, held))
            then = turn.office(deciding)
            term = {"term_from": on, "term_to": term_end(on, TermYears.on(on).of(turn.after["beds"]))}
            new = enter(change, held, turn.told, then, **(term if turn.crosses else {}))
            if turn.months[0] != turn.months[1]:
                enter_period(change, held, turn.after, then)
            if then != deciding:
                move(change, held, then)
                open_to(case.subject_id, then.pk, f"case:{case.pk}")
            self.enter_more(answers, held, change, then)
            carry_change(turn.before, new, change, on)
            follow_change(turn.before, new, cause=change.id, on=on)
            changed = kinds.named(chosen(answers))
            case.certificate_id = certify(change, case.subject_id, on, then, changed=f"变更{changed}").pk
        moved = f"，登记移交{then.name}" if then != deciding else ""
        return Effect(f"{self.granted}{changed}{moved}")


@declare
class InstitutionChange(RecordChange):
    """医疗机构变更登记."""

    code, title, short_title, group = "inst_change", "医疗机构变更登记", "变更登记", "变更与证照"
    articles = (institution_regulation(19), institution_rules(30))
    statutory = WorkingDays(20, licensing_law(42))
    desk_steps = (VisitStep,)
    materials = (
        Material("application", "医疗机构变更登记注册书", "法定代表人或者主要负责人签字，盖章"),
        Material("statement", "变更原因和理由说明", "盖章"),
        Material("approval", "主管单位批准文件", "有主管单位的").when(_of(kinds.NAME, kinds.OWNERSHIP)),
        Material("appointment", "任免文件、任职证明、签字表", "变更负责人的").when(_of(kinds.LEGAL, kinds.PRINCIPAL)),
        Material("business_licence", "营业执照", "营利性医疗机构变更名称、负责人、资金的，已作相应变更").when(
            _of_business
        ),
        Material("capital_proof", "验资证明或者资产评估报告", "第三方出具").when(_of(kinds.CAPITAL)),
        Material("floor_plan", "平面图、人员和设备名录", "变更地点、科目、床位、牙椅的").when(
            _of(kinds.ADDRESS, kinds.SUBJECTS, kinds.BEDS, kinds.CHAIRS)
        ),
    )
