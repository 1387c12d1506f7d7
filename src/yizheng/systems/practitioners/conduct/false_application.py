"""虚假申请记录: who concealed facts or handed in false papers is refused, warned, and barred for a year (行政许可法 第七十八条).

The refusal itself is an ordinary decision on the application; this act enters the bar, from the day of that decision, on the
finding of two persons.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms

from yizheng.kernel.statutes import licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.findings import Finding, refuse, shared
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case, CaseEvent
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import scope_name
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.practitioners.bars import FALSE_APPLICATION, enter_bar
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.models import RegistrationBar
from yizheng.systems.practitioners.models.bar import licence_of
from yizheng.systems.practitioners.registered_item import RecordedAct


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseApplication(Concerned):
    """A person and the application that was refused."""

    case_number: str = ""
    item_code: str = ""
    """The item of the application."""
    refused_on: date | None = None
    recorded_already: bool = False


@shared("申请已被不予受理或者不予许可，没有重复记录", needs=("false_application",))
def of_a_refused_case(record: FalseApplication, on: date) -> Iterator[Finding]:
    """The bar counts from a refusal of this person's own application, and is entered once."""
    if record.case_number and record.refused_on is None:
        yield refuse("false_application.case_number", "此人没有这一办件，或者办件没有作出不予受理、不予许可的决定")
    if record.recorded_already:
        yield refuse("false_application.case_number", "这一办件已经记录过")


class FalseApplicationStep(Step):
    """Which application, and what was wrong with it."""

    code = "false_application"
    title = "虚假申请"

    case_number = forms.CharField(
        label="办件号", max_length=20, help_text="已作出不予受理或者不予许可决定的办件，如 26-004127"
    )
    facts = forms.CharField(label="隐瞒或者虚假的内容", max_length=300)


STEP = FalseApplicationStep.code
REFUSALS = ("refuse", "decline")


class FalseApplicationRecord(RecordedAct):
    """虚假申请记录: of whoever is or wants to be in the register."""

    title = "隐瞒情况、提供虚假材料申请的记录"
    short_title = "虚假申请记录"
    group = "考核与行为"
    articles = (licensing_law(78),)
    steps = (FalseApplicationStep,)

    def gather(self, answers: Answers, subject_id: int, on: date) -> FalseApplication:
        """The refused application, and whether it is on record already."""
        number = answers.text(STEP, "case_number").strip()
        with acting_as_system("核对虚假申请记录"):
            status = self.held(subject_id, on).status
            refused = CaseEvent.objects.filter(
                case__number=number, case__subject_id=subject_id, verb__in=REFUSALS
            ).order_by("-id").first()  # fmt: skip
            known = RegistrationBar.objects.current().filter(
                subject_id=subject_id, of_register=self.of.code, ground=FALSE_APPLICATION, document_number=number
            )
            return FalseApplication(
                register_status=status,
                case_number=number,
                refused_on=None if refused is None else refused.on,
                item_code="" if refused is None else refused.case.item_code,
                recorded_already=bool(number) and known.exists(),
            )

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The bar, from the day on which the application was refused."""
        found = self.gather(load(case), case.subject_id, on)
        enter_bar(
            change,
            case.subject_id,
            FALSE_APPLICATION,
            found.refused_on or on,
            authority_scope=case.decided_by,
            authority_name=scope_name(case.decided_by),
            document_number=found.case_number,
            licence=licence_of(found.item_code),
            of=self.of.code,
        )
        return Effect(summary="予以警告，一年内不受理其同一许可的申请")
