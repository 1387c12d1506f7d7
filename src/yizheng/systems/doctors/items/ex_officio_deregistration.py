"""注销注册（依职权）: a leave filing that stood for two years ends the registration (医师执业注册管理办法 第十九条; 医师法 第十七条).

Begun by the authority with evidence; the doctor is told and heard before the decision. The filings at further
institutions end with the registration, the certificate is revoked, the name is published.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yizheng.documents.models import Ending
from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Initiator, Shape, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.amending import end_filings, end_registration, revoke_certificates
from yizheng.systems.doctors.checks.deregistration import Party, has_registration, left_for_two_years
from yizheng.systems.doctors.gathering import Answers
from yizheng.systems.doctors.item import DoctorItem
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.registration import DEREGISTERED, LEFT
from yizheng.systems.doctors.reading import Held
from yizheng.systems.doctors.rules import periods

LEFT_TWO_YEARS = "D12"


@declare
class ExOfficioDeregistration(DoctorItem):
    """注销注册（离岗备案满二年）."""

    code = "doctor_ex_officio_deregistration"
    title = "注销医师执业注册"
    short_title = "依职权注销"
    articles = (physicians_law(17), registration_rules(19))
    shape = Shape.AUTHORITY_ACT
    initiators = (Initiator.AUTHORITY,)
    checks = (has_registration, left_for_two_years)
    route = (Stage.REVIEW, Stage.DECIDE)

    def gather(self, answers: Answers, subject_id: int, on: date) -> Party:
        """How the registration stands."""
        return _party(self.held(subject_id, on), on)

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The registration as it stands with its leave filing."""
        return self.held(case.subject_id, on).standing

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """End the registration, the filings and the certificate. Raises NotPossibleError when the ground is gone."""
        held = self.held(case.subject_id, on)
        blocks = self.examine(_party(held, on), on).blocks
        if blocks:
            raise NotPossibleError(f"不能作出决定：{blocks[0].message}")
        with acting_as_system("依职权注销登记"):
            for registration in held.standing:
                end_registration(registration, change, on, status=DEREGISTERED, reason=LEFT_TWO_YEARS)
            end_filings(held, change, on)
            revoke_certificates(held.standing, change, on, ending=Ending.CANCELLED)
        return Effect(summary="注销注册，执业证书废止")


def _party(held: Held, on: date) -> Party:
    left = [since for since in map(_left_since, held.standing) if since is not None]
    return Party(registered=bool(held.standing), left_on=min(left, default=None), periods=periods(on))


def _left_since(registration: Registration) -> date | None:
    """The first day of the leave filing that stands, whatever else of the registration changed during it."""
    if registration.status != LEFT:
        return None
    with acting_as_system("核对依职权注销"):
        line = Registration.objects.current().filter(
            subject_id=registration.subject_id, line=registration.line
        )
        earlier = list(line.filter(valid_from__lt=registration.valid_from).order_by("-valid_from"))
    since = registration.valid_from
    for version in earlier:
        if version.status != LEFT or version.valid_to != since:
            break
        since = version.valid_from
    return since
