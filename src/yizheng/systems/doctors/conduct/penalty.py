"""处罚登记 of doctors, of village doctors, and of doctors here for a short term.

医师法 第五十四条至第五十九条: every registration of a doctor stops or ends with filings and certificates; doctors here for a short
term answer for their practice by the same law. 乡村医生从业管理条例 第三十八条至第四十一条: a warning, three to six months without
practice, the certificate withheld or revoked.
"""

from datetime import date
from typing import Any, ClassVar

from yizheng.kernel.codes import Code
from yizheng.kernel.statutes import hk_macau_rules, physicians_law, taiwan_rules, village_doctor_regulation
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import declare
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import city, organisation_of
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.conduct.suspending import suspend
from yizheng.systems.doctors.filings.dependents import end_dependents, end_filings_when_suspended
from yizheng.systems.doctors.item import RecordedAct
from yizheng.systems.doctors.models import ShortTermPractice, VillageRegistration
from yizheng.systems.doctors.permitted import kept_here, status_permits
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.practitioners import amending
from yizheng.systems.practitioners.conduct import penalty, penalty_rules
from yizheng.systems.practitioners.conduct.penalty import ENDINGS, STEP
from yizheng.systems.practitioners.models.permit import REVOKED, SUSPENDED, VALID

RULES = penalty_rules.rules(
    "D", cited=physicians_law(54), suspended=physicians_law(57), fined=physicians_law(56), banned=physicians_law(58)
)


@declare
class PenaltyRecording(penalty.PenaltyItem, RecordedAct):
    """处罚与行为记录: the penalties on doctors, and the bans on people who are none."""

    group = "考核与行为"
    code, title, short_title = "doctor_penalty_record", "医师行政处罚登记", "处罚登记"
    articles = tuple(map(physicians_law, range(54, 60)))
    steps = (penalty.PenaltyStep,)
    checks: ClassVar = (status_permits(code), kept_here, *RULES)

    def stands(self, subject_id: int, on: date) -> bool:
        """Whether a registration stands, whatever its status."""
        return bool(self.held(subject_id, on).standing)

    def take(self, case: Case, change: ChangeInProgress, kind: Code, since: date, answers: Answers, on: date) -> None:
        """Every registration stops for the days named, or ends from the day of the decision."""
        held, status = self.held(case.subject_id, on), kind.attributes["status"]
        if not kind.flag("suspends"):
            end_all(held, change, since, status=status, reason=kind.attributes["reason"])
            return
        end_filings_when_suspended(case.subject_id, change, on)
        first = answers.day(STEP, "suspended_from") or since
        for registration in held.standing:
            suspend(registration, change, status, first, answers.day(STEP, "suspended_to"))


def end_all(held: Held, change: ChangeInProgress, since: date, *, status: str, reason: str) -> None:
    """Registrations, filings and certificates end from the day of the decision."""
    amending.revoke_certificates(held.standing, change, since, ending=ENDINGS[status])
    for subject_id in {each.subject_id for each in held.standing}:
        end_dependents(subject_id, change, since)
    for registration in held.standing:
        amending.end_registration(registration, change, since, status=status, reason=reason)


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

    code, title, short_title = "rural_doctor_penalty_record", "乡村医生行政处罚登记", "乡村医生处罚"
    register = group = "乡村医生"
    articles = tuple(map(village_doctor_regulation, range(38, 42)))
    whom = "village"
    steps = (penalty.penalty_step(whom),)
    permit = VillageRegistration
    nothing = "没有乡村医生注册"


@declare
class ShortTermPenalty(PermitPenalty):
    """短期行医行政处罚登记."""

    code, title, short_title = "short_term_penalty_record", "短期行医行政处罚登记", "短期行医处罚"
    group = "短期行医"
    articles = (hk_macau_rules(13), taiwan_rules(13), *map(physicians_law, range(54, 60)))
    whom = "short_term"
    steps = (penalty.penalty_step(whom),)
    permit = ShortTermPractice
    nothing = "没有短期行医注册"
    revoked_for = "S4"
