"""补证、换证: the certificate is lost, damaged, full or of an old layout, and is made again with the same number.

A service and no licence (行政许可法 第三十九条): accepted and decided, the register stays as it is, the former electronic version no
longer holds, the sheet is counted in the printing ledger.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django import forms

from yizheng.documents import certificates
from yizheng.documents.models import MadeFor
from yizheng.kernel.statutes import licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.fields import day, radio
from yizheng.licensing.findings import Finding, refuse, shared
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.identities import alter_identity, photo_of
from yizheng.systems.practitioners.papers import PHOTO
from yizheng.systems.practitioners.registered_item import RegisteredItem

REASONS = (("lost", "遗失"), ("damaged", "损毁"), ("full", "变更栏已满"), ("layout", "版式更换"))


class ReissueStep(Step):
    """The reason, and of a loss when and how."""

    code, title = "reissue", "补证换证"

    ground = radio("补证换证的原因", REASONS)
    lost_on = day("遗失日期", required=False)
    statement = forms.CharField(
        label="遗失、损毁经过", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


STEP = ReissueStep.code


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateHolder(Concerned):
    """Somebody registered who needs her certificate made again."""

    has_certificate: bool = False
    reason: str = ""
    lost_on: date | None = None
    statement: str = ""


@shared("有有效的证书可以补发、换发", licensing_law(39))
def certificate_in_force(holder: CertificateHolder, on: date) -> Iterator[Finding]:
    """Only what is in force can be made again."""
    if not holder.has_certificate:
        yield refuse("", "没有有效的证书可以补发、换发")


@shared("遗失的写明遗失日期和经过", licensing_law(39), needs=(STEP,))
def loss_is_told(holder: CertificateHolder, on: date) -> Iterator[Finding]:
    """A lost certificate: when and how, and not in the future."""
    if holder.reason != MadeFor.LOST:
        return
    if holder.lost_on is None or not holder.statement:
        yield refuse("reissue.lost_on", "证书遗失的，请填写遗失日期和遗失经过")
    elif holder.lost_on > on:
        yield refuse("reissue.lost_on", "遗失日期晚于今天，请核对")


class CertificateReissue(RegisteredItem):
    """补证、换证 of the certificate of a registration."""

    short_title, group = "补证换证", "证书与信息"
    articles = (licensing_law(39),)
    route = (Stage.ACCEPT, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))
    steps = (ReissueStep,)
    materials = (PHOTO,)
    certificate_name: ClassVar[str]
    """What it is called, and then what its number is called: 医师执业证书, 编码."""
    number_name: ClassVar[str]

    def gather(self, answers: Answers, subject_id: int, on: date) -> CertificateHolder:
        """Whether there is a certificate, and why it is made again."""
        held = self.held(subject_id, on)
        with acting_as_system(f"核对{self.title}"):
            has_certificate = self.certificate(held) is not None
        return CertificateHolder(
            **self.concerned(held, answers),
            has_certificate=has_certificate,
            reason=answers.text(STEP, "ground"),
            lost_on=answers.day(STEP, "lost_on"),
            statement=answers.text(STEP, "statement"),
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The certificate of the registration that counts again, with the photo handed in."""
        reason = load(case).text(STEP, "ground")
        with acting_as_system(self.title):
            held, photo = self.held(case.subject_id, on), photo_of(case)
            if held.identity is not None and photo not in ("", held.identity.photo):
                alter_identity(held.identity, change, on, photo=photo)
            certificate = self.certificate(held)
            assert certificate is not None
            again = certificates.reissue(
                certificate, reason=MadeFor(reason), on=on, change_id=change.id, photo=photo or None
            )
        case.certificate_id = again.pk
        word = "补发" if reason == MadeFor.LOST else "换发"
        return Effect(f"{word}{self.certificate_name}（{dict(REASONS)[reason]}），{self.number_name}不变")
