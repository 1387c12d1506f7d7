"""处罚登记 of those who practise by a permit: village doctors, and doctors of Hong Kong, Macau, Taiwan and abroad.

乡村医生从业管理条例 第三十八条至第四十一条: a warning, three to six months without practice, the certificate withheld or revoked.
Doctors here for a short term answer for their practice as the physicians' law has it.
"""

from datetime import date
from typing import Any, ClassVar

from yizheng.kernel.codes import Code
from yizheng.kernel.statutes import hk_macau_rules, physicians_law, taiwan_rules, village_doctor_regulation
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import declare
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import city, organisation_of
from yizheng.systems.doctors.conduct.penalty import RULES
from yizheng.systems.doctors.models import ShortTermPractice, VillageRegistration
from yizheng.systems.doctors.models.permit import REVOKED, VALID
from yizheng.systems.doctors.models.special_qualification import SUSPENDED
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.registered_item import RecordedAct
from yizheng.systems.practitioners.conduct import penalty


class PermitPenalty(penalty.PenaltyItem, RecordedAct):
    """A penalty on somebody who practises by a permit, entered by the authority that gave it."""

    permit: ClassVar[type[ShortTermPractice | VillageRegistration]]
    nothing: ClassVar[str]
    """Why nobody without a permit is punished here."""
    revoked_for: ClassVar[str] = ""
    """The reason the permit names once it is revoked."""
    checks: ClassVar = RULES

    alive = (VALID, SUSPENDED)

    def standing(self, subject_id: int, on: date) -> list[Any]:
        """The permits that stand on the day, suspended or not."""
        with acting_as_system(f"核对{self.title}"):
            mine = self.permit.objects.as_of(on).filter(subject_id=subject_id, valid_until__gte=on)
            return list(mine.filter(status__in=self.alive).order_by("line"))

    def number_of(self, registration: Any) -> str:
        """A permit names its certificate itself."""
        return str(registration.certificate_number)

    def altered(self, kind: Code) -> dict[str, str]:
        """A permit knows two states beside the valid one."""
        return {"status": SUSPENDED} if kind.flag("suspends") else {"status": REVOKED, "reason": self.revoked_for}

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Only somebody who has or had the permit."""
        with acting_as_system(f"核对{self.title}"):
            known = self.permit.objects.current().filter(subject_id=subject_id).exists()
        return None if known else self.nothing

    def office(self, subject_id: int, on: date) -> dict[str, Any]:
        """The authority that gave the permit, and the institution."""
        first = next(iter(self.standing(subject_id, on)), None)
        if first is None:
            return {"scope": city().pk, "institution": None}
        house = organisation_of(first.institution_id)
        return {"scope": first.authority_scope, "institution": None if house is None else house.pk}

    def moved(self, answers: Answers, held: Held) -> bool:
        """A permit stays with the authority that gave it."""
        return False


@declare
class VillagePenalty(PermitPenalty):
    """乡村医生行政处罚登记."""

    code = "rural_doctor_penalty_record"
    title = "乡村医生行政处罚登记"
    short_title = "乡村医生处罚"
    register = group = "乡村医生"
    articles = tuple(map(village_doctor_regulation, range(38, 42)))
    whom = "village"
    steps = (penalty.penalty_step(whom),)
    permit = VillageRegistration
    nothing = "没有乡村医生注册"


@declare
class ShortTermPenalty(PermitPenalty):
    """短期行医行政处罚登记."""

    code = "short_term_penalty_record"
    title = "短期行医行政处罚登记"
    short_title = "短期行医处罚"
    group = "短期行医"
    articles = (hk_macau_rules(13), taiwan_rules(13), *map(physicians_law, range(54, 60)))
    whom = "short_term"
    steps = (penalty.penalty_step(whom),)
    permit = ShortTermPractice
    nothing = "没有短期行医注册"
    revoked_for = "S4"
