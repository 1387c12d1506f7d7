"""地方医师转军队注册: the registration goes over to the forces (军队实施执业医师法办法 第十条、第二十一条)."""

from __future__ import annotations

from datetime import date

from django import forms

from yizheng.documents.models import Ending
from yizheng.kernel.statutes import military_order
from yizheng.licensing.catalogue import declare
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import kept_here
from yizheng.systems.doctors.filings.dependents import end_dependents
from yizheng.systems.doctors.models import MilitaryTransfer
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.registered_item import RegisteredItem
from yizheng.systems.doctors.registration import amending
from yizheng.systems.practitioners import military


class JoiningStep(military.JoiningStep):
    """With the doctors' certificate."""

    returned = forms.BooleanField(label="已交回医师执业证书")


@declare
class LocalToMilitary(military.ToForces, RegisteredItem):
    """地方医师转军队注册."""

    code, title = "local_to_military", "地方医师转军队注册"
    articles = (military_order(10), military_order(21))
    steps = (JoiningStep,)
    checks = (status_permits(code), kept_here, military.certificate_returned("D-QO21", military_order(10)))
    transfer, certificate_name = MilitaryTransfer, "医师执业证书"

    def close(self, subject_id: int, change: ChangeInProgress, on: date) -> None:
        """Registrations, certificates and what rests on them end."""
        held = self.held(subject_id, on)
        amending.revoke_certificates(held.standing, change, on, ending=Ending.CANCELLED)
        end_dependents(subject_id, change, on, because="转军队注册")
        for registration in held.standing:
            amending.end_registration(registration, change, on, status="MIL", reason="D14")
