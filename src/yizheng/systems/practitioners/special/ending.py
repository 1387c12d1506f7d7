"""The end of special qualifications: with the registration or the institution, and 依职权终止 by the authority that keeps one.

行政许可法 第七十条. The registration itself stays; the holder is told and heard before another person decides.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import Article, licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.findings import Finding, refuse, shared
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.practitioners import permits
from yizheng.systems.practitioners.item import OFFICE
from yizheng.systems.practitioners.models.special_qualification import TYPES, SpecialQualificationFact
from yizheng.systems.practitioners.registered_item import RecordedAct

GROUNDS = {"unfit": "不再符合认定条件", "lapsed": "执业机构不再具备相应诊疗科目、技术项目"}


class SpecialEndingStep(Step):
    """The type that ends and its ground; the facts stand in the evidence. A register adds both fields."""

    code, title = "ending", "终止的专项资格"


STEP = SpecialEndingStep.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody who holds a special qualification that is to end."""

    register_status: str
    holds: bool


@shared("持有该专项资格", licensing_law(70), needs=(STEP,))
def stands(holder: Holder, on: date) -> Iterator[Finding]:
    """Only what this authority keeps and what stands is ended."""
    if not holder.holds:
        yield refuse("ending.type", "没有有效的该类专项资格，或者不由本机关登记")


class SpecialEnding(RecordedAct):
    """依职权终止专项资格."""

    kind: ClassVar[type[SpecialQualificationFact]]
    grounds: ClassVar[Mapping[str, str]] = GROUNDS
    articles: ClassVar[tuple[Article, ...]] = (licensing_law(70),)
    route = (Stage.REVIEW, Stage.DECIDE)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Something must stand that could end."""
        reason = super().may_apply(subject_id, on)
        return reason or (None if live_of(self.kind, subject_id, on) else "没有有效的专项资格")

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Who keeps each type: that authority ends it."""
        standing = live_of(self.kind, subject_id, timezone.localdate())
        return {OFFICE: {"kept": {each.type: each.authority_scope for each in standing}}}

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The authority that keeps the type chosen."""
        kept = answers.get(OFFICE, {}).get("kept", {}).get(answers.text(STEP, "type"))
        return None if kept is None else int(kept)

    def meant(self, answers: Answers, subject_id: int, on: date) -> list[Any]:
        """What stands of the type chosen."""
        wanted = answers.text(STEP, "type")
        return [each for each in live_of(self.kind, subject_id, on) if each.type == wanted]

    def gather(self, answers: Answers, subject_id: int, on: date) -> Any:
        """How she is registered, and whether the type stands."""
        held = bool(self.meant(answers, subject_id, on))
        return Holder(register_status=self.held(subject_id, on).status, holds=held)

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """What ends."""
        return self.meant(load(case), case.subject_id, on)

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """What stands of the type ends today, the certificates with it. Raises NotPossibleError where another office keeps it."""
        answers = load(case)
        ground = self.grounds[answers.text(STEP, "ground")]
        meant = self.meant(answers, case.subject_id, on)
        if any(each.authority_scope != case.decided_by for each in meant):
            raise NotPossibleError("该专项资格不由本机关登记")
        ended = permits.end(meant, change, on, reason=ground)
        words = "、".join(dict.fromkeys(name_of(TYPES, each.type) for each in ended))
        return Effect(summary=f"{words}终止（{ground}），执业注册不变")


def live_of(kind: type[SpecialQualificationFact], subject_id: int, on: date) -> list[Any]:
    """The special qualifications of the person that have not ended."""
    return permits.live(permits.held_of(kind, subject_id, "核对专项资格"), on)


def end_special(
    kind: type[SpecialQualificationFact], subject_id: int, change: ChangeInProgress, on: date,
    *, because: str, institution: int | None = None,
) -> int:  # fmt: skip
    """End special qualifications: all of them, or those that one institution gave for itself; returns how many."""
    held = live_of(kind, subject_id, on)
    given = [each for each in held if each.ends_with_institution and each.institution_id == institution]
    with acting_as_system("专项资格终止登记"):
        return len(permits.end(held if institution is None else given, change, on, reason=because))
