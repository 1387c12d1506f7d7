"""What acts of the reviewing organ about an approved advert have in common; the advert is their subject."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import weigh
from yizheng.licensing.item import Effect, Initiator, Item, Shape, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.adverts import publishing
from yizheng.systems.adverts.models import APPROVAL, AdvertApproval
from yizheng.systems.adverts.models.approval import EXPIRED, VALID
from yizheng.systems.adverts.register import ADVERTS
from yizheng.systems.institutions.item import OFFICE


def advert_on(subject_id: int, on: date) -> AdvertApproval | None:
    """The approval that is this subject, as it stands on a day."""
    with acting_as_system("核对医疗广告"):
        found: AdvertApproval | None = (
            AdvertApproval.objects.as_of(on).filter(subject_id=subject_id, line=APPROVAL).first()
        )
    return found


class AdvertAct(Item):
    """An act about one approved advert, by the organ that reviewed it."""

    system, register, group = "adverts", ADVERTS.title, "医疗广告"
    whom = "该广告"
    shape = Shape.AUTHORITY_ACT
    initiators = (Initiator.AUTHORITY,)
    route: ClassVar[tuple[Stage, ...]] = (Stage.DECIDE,)
    weighs: ClassVar[type[Any]]
    stands_in: ClassVar[frozenset[str]] = frozenset({VALID, EXPIRED})
    """The statuses in which it can be begun."""

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Only an approval that has not ended otherwise."""
        advert = advert_on(subject_id, on)
        if advert is None:
            return "不是医疗广告审查证明"
        return None if advert.status_on(on) in self.stands_in else "该审查证明已经终止"

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The organ that reviewed it."""
        advert = advert_on(subject_id, date.max)
        return {} if advert is None else {OFFICE: {"scope": advert.authority_scope}}

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The organ that reviewed it."""
        found: int | None = answers.get(OFFICE, {}).get("scope")
        return found

    def known(self, advert: AdvertApproval | None, on: date) -> dict[str, Any]:
        """What the rules weigh beside what was typed."""
        return {"status": advert.status_on(on) if advert else ""}

    def gather(self, answers: Answers, subject_id: int, on: date) -> Any:
        """What was typed, and how the approval stands."""
        return weigh(self.weighs, answers, **self.known(advert_on(subject_id, on), on))

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The approval as it stands."""
        advert = advert_on(case.subject_id, on)
        return () if advert is None else (advert,)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Ask the rules again and write. Raises NotPossibleError where one blocks."""
        advert = advert_on(case.subject_id, on)
        blocks = self.examine(self.gather(load(case), case.subject_id, on), on).blocks
        if advert is None or blocks:
            raise NotPossibleError(f"不能作出决定：{blocks[0].message if blocks else '审查证明已经终止'}")
        with acting_as_system(f"{self.title}登记"):
            return self.enter(case, advert, change, on)

    def enter(self, case: Case, advert: AdvertApproval, change: ChangeInProgress, on: date) -> Effect:
        """Write what follows."""
        raise NotImplementedError

    def after(self, cases: Sequence[Case]) -> None:
        """The public list says what the register says now."""
        publishing.refresh([case.subject_id for case in cases])
