"""军队医师转地方注册, 地方医师转军队注册 (军队实施执业医师法办法 第九条、第十条、第二十一条).

Coming over is handled like a first registration, but time served in the forces is practice: the training after two idle years is
not asked for.
"""

from datetime import date

from django import forms

from yizheng.kernel.statutes import military_order, physicians_law
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day, radio
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Material
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import kept_here
from yizheng.systems.doctors.checks.training import trained_after_two_idle_years
from yizheng.systems.doctors.forms import DeclarationStep, PracticeStep, QualificationStep
from yizheng.systems.doctors.models import MilitaryTransfer
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.registered_item import RegisteredItem
from yizheng.systems.doctors.registration.first_registration import FirstRegistration
from yizheng.systems.practitioners import military
from yizheng.systems.practitioners.forms.education import EducationStep
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.military import WAYS, enter_transfer
from yizheng.systems.practitioners.models.military import FROM_FORCES
from yizheng.systems.practitioners.papers import EMPLOYMENT_PROOF, PHOTO


class MilitaryRegistrationStep(Step):
    """The proof of the organ that kept the military registration."""

    code, title = "military", "军队注册证明"
    personal = frozenset({"military_practice_number"})
    rows = (("transferred_on", "proof_number"),)

    organ = forms.CharField(label="军队原注册机关", max_length=100, help_text="可以公开的名称或者代号")
    military_practice_number = forms.CharField(label="军队医师执业证书编号", max_length=40)
    way = radio("移交方式", WAYS)
    transferred_on = day("移交地方日期")
    proof_number = forms.CharField(label="原注册机关证明文号", max_length=60)
    returned = forms.BooleanField(label="已交回军队医师执业证书")


_KEPT = tuple(each for each in FirstRegistration.checks[1:] if each is not trained_after_two_idle_years)


@declare
class MilitaryToLocalRegistration(FirstRegistration):
    """军队医师转地方注册."""

    code, title, short_title = "military_to_local_registration", "军队医师转地方注册", "军队转地方"
    initiators = (Initiator.PERSON,)
    collective = False
    group = "军地转换"
    articles = (military_order(9), physicians_law(13), physicians_law(16))
    steps = (PersonStep, EducationStep, QualificationStep, MilitaryRegistrationStep, PracticeStep, DeclarationStep)
    materials = (
        PHOTO,
        EMPLOYMENT_PROOF,
        Material("military_proof", "军队原注册机关证明", "证明注册情况和执业类别、范围"),
        Material("military_certificate", "军队医师执业证书", "原件，注册后收回"),
    )
    checks = (status_permits(code), *_KEPT)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """A civil qualification is needed, and no civil registration may stand."""
        held = self.held(subject_id, on)
        if not held.qualifications:
            return "资格数据中没有您的医师资格；请先办理军队医师换领地方医师资格证书"
        return self.permitted.may_apply(self.code, held.status)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The registration as any first one, and the transfer on record."""
        effect = super().effect(case, change, on)
        with acting_as_system("军队医师转地方注册"):
            enter_transfer(MilitaryTransfer, FROM_FORCES, case, change, on)
        return effect


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
    transfer, certificate_name, reason = MilitaryTransfer, "医师执业证书", "D14"
