"""Acts of the authority about an institution (依职权): begun with facts and evidence, weighed once more when they are enacted."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.licensing.answers import Answers, load
from yizheng.licensing.item import Effect, Initiator, Shape, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.item import OFFICE, OfInstitutions
from yizheng.systems.institutions.models import STRUCK_OFF
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.routes.routes import LICENSED


class InstitutionAct(OfInstitutions):
    """An act of the authority that registers the institution."""

    shape = Shape.AUTHORITY_ACT
    initiators = (Initiator.AUTHORITY,)
    route: ClassVar[tuple[Stage, ...]] = (Stage.REVIEW, Stage.DECIDE)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Only about a licence that stands."""
        licence = licences.licence_on(subject_id, on)
        if licence is None or licence.kind not in LICENSED:
            return "不是领有执业许可证的医疗机构"
        return f"该机构已是“{licence.status_name}”" if licence.status in STRUCK_OFF else None

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The authority that registers it."""
        return {OFFICE: {"scope": licences.authority_of(subject_id, timezone.localdate())}}

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The authority that registers it."""
        found: int | None = answers.get(OFFICE, {}).get("scope")
        return found

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The record as it stands."""
        return Held(case.subject_id, on).facts()

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Ask the rules again and write. Raises NotPossibleError where one blocks."""
        answers = load(case)
        blocks = self.examine(self.gather(answers, case.subject_id, on), on).blocks
        if blocks:
            raise NotPossibleError(f"不能作出决定：{blocks[0].message}")
        with acting_as_system(f"{self.title}登记"):
            return self.enter(case, answers, change, on)

    def enter(self, case: Case, answers: Answers, change: ChangeInProgress, on: date) -> Effect:
        """Write what follows."""
        raise NotImplementedError
