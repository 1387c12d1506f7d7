"""处罚登记 of those who practise by a permit: village doctors, and doctors of Hong Kong, Macau, Taiwan and abroad.

乡村医生从业管理条例 第三十八条至第四十一条: a warning, three to six months without practice, the certificate withheld or revoked.
Doctors here for a short term answer for their practice as the physicians' law has it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from yizheng.documents import certificates
from yizheng.documents.models import Certificate, Ending, Status
from yizheng.kernel.codes import Code
from yizheng.kernel.statutes import hk_macau_rules, physicians_law, taiwan_rules, village_doctor_regulation
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import declare
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import city, organisation_of
from yizheng.registry import FOREVER
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.conduct.penalty import STEP, PenaltyItem, ShortTermPenaltyStep, VillagePenaltyStep
from yizheng.systems.doctors.conduct.penalty_rules import RULES
from yizheng.systems.doctors.models import ShortTermPractice, VillageRegistration
from yizheng.systems.doctors.models.permit import REVOKED, VALID
from yizheng.systems.doctors.models.special_qualification import SUSPENDED
from yizheng.systems.doctors.reading.held import Held

ONE_DAY = timedelta(days=1)


class PermitPenalty(PenaltyItem):
    """A penalty on somebody who practises by a permit, entered by the authority that gave it."""

    permit: ClassVar[type[ShortTermPractice | VillageRegistration]]
    nothing: ClassVar[str]
    """Why nobody without a permit is punished here."""
    revoked_for: ClassVar[str] = ""
    """The reason the permit names once it is revoked."""
    checks: ClassVar = RULES

    def permits(self, subject_id: int, on: date) -> list[Any]:
        """What stands on the day, suspended or not."""
        with acting_as_system(f"核对{self.title}"):
            mine = self.permit.objects.as_of(on).filter(subject_id=subject_id, valid_until__gte=on)
            return list(mine.filter(status__in=(VALID, SUSPENDED)).order_by("line"))

    def stands(self, subject_id: int, on: date) -> bool:
        """Whether a permit stands."""
        return bool(self.permits(subject_id, on))

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Only somebody who has or had the permit."""
        with acting_as_system(f"核对{self.title}"):
            known = self.permit.objects.current().filter(subject_id=subject_id).exists()
        return None if known else self.nothing

    def office(self, subject_id: int, on: date) -> dict[str, Any]:
        """The authority that gave the permit, and the institution."""
        first = next(iter(self.permits(subject_id, on)), None)
        if first is None:
            return {"scope": city().pk, "institution": None}
        house = organisation_of(first.institution_id)
        return {"scope": first.authority_scope, "institution": None if house is None else house.pk}

    def moved(self, answers: Answers, held: Held) -> bool:
        """A permit stays with the authority that gave it."""
        return False

    def take(self, case: Case, change: ChangeInProgress, kind: Code, since: date, answers: Answers, on: date) -> None:
        """The permit is suspended from day to day, or revoked from the day of the decision with its certificate."""
        for permit in self.permits(case.subject_id, on):
            first, until, values = since, FOREVER, {"status": REVOKED, "reason": self.revoked_for}
            if kind.flag("suspends"):
                last = answers.day(STEP, "suspended_to")
                first = answers.day(STEP, "suspended_from") or since
                until = FOREVER if last is None else last + ONE_DAY
                values = {"status": SUSPENDED}
            change.state(
                self.permit,
                permit.subject_id,
                permit.line,
                {**permit.values(), **values},
                valid_from=max(first, permit.valid_from),
                valid_to=min(until, permit.valid_to),
                authority_scope=permit.authority_scope,
            )
            if not kind.flag("suspends"):
                _revoke_certificate(permit, change, on)


def _revoke_certificate(permit: Any, change: ChangeInProgress, on: date) -> None:
    mine = Certificate.objects.all().select_for_update(no_key=True).filter(status=Status.VALID)
    for certificate in mine.filter(subject_id=permit.subject_id, number=permit.certificate_number):
        certificates.revoke(certificate, ending=Ending.PENALTY, on=on, change_id=change.id)


@declare
class VillagePenalty(PermitPenalty):
    """乡村医生行政处罚登记."""

    code = "rural_doctor_penalty_record"
    title = "乡村医生行政处罚登记"
    short_title = "乡村医生处罚"
    register = group = "乡村医生"
    articles = tuple(map(village_doctor_regulation, range(38, 42)))
    steps = (VillagePenaltyStep,)
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
    steps = (ShortTermPenaltyStep,)
    permit = ShortTermPractice
    nothing = "没有短期行医注册"
    revoked_for = "S4"
