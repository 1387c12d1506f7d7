"""Paper about a qualification that is held: the certificate again with its number, or an extract (医师法 第十二条)."""

from collections.abc import Iterator
from datetime import date

from django import forms

from yizheng.documents import certificates
from yizheng.documents.models import MadeFor
from yizheng.kernel.codes import name_of
from yizheng.kernel.masking import mask_qualification_number, mask_resident_id
from yizheng.kernel.statutes import licensing_law, physicians_law
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day, radio
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Stage
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.qualification import qualifying
from yizheng.systems.doctors.qualification.held_item import (
    CurrentStep,
    Decided,
    HeldQualificationItem,
    Holder,
    in_the_data,
)
from yizheng.systems.practitioners.identities import photo_of
from yizheng.systems.practitioners.models.identity import sex_word
from yizheng.systems.practitioners.papers import PHOTO

REASONS = (("lost", "遗失"), ("damaged", "损毁"), ("layout", "版式更换"))


class QualificationReissueStep(Step):
    """Why the certificate is printed again."""

    code, title = "reissue", "补发换发"
    rows = (("ground", "lost_on"),)

    ground = radio("补发换发的原因", REASONS)
    lost_on = day("遗失日期", required=False)
    statement = forms.CharField(label="经过", max_length=500, required=False)


class ExtractStep(Step):
    """What the extract is for."""

    code, title = "extract", "查询用途"

    purpose = forms.CharField(label="用途", max_length=200)


@check("D-D06C", physicians_law(12), title="遗失的写明遗失日期", needs=("reissue",))
def loss_has_a_day(holder: Holder, on: date) -> Iterator[Finding]:
    """A lost certificate was lost on a day that has been."""
    if holder.reason != "lost":
        return
    if holder.lost_on is None:
        yield refuse("reissue.lost_on", "证书遗失的，请填写遗失日期")
    elif holder.lost_on > on:
        yield refuse("reissue.lost_on", "遗失日期晚于今天，请核对")


@declare
class QualificationLookup(HeldQualificationItem):
    """医师资格信息查询证明: an extract of the qualification data that anybody can check by its code."""

    code, title, short_title = "qualification_lookup", "医师资格信息查询证明", "资格查询"
    articles = (physicians_law(12),)
    route = (Stage.ACCEPT, Stage.DECIDE)
    steps = (CurrentStep, ExtractStep)
    checks = (status_permits(code), in_the_data)

    def enter(self, decided: Decided) -> Effect:
        """The extract, its personal numbers covered."""
        qualification = decided.qualification
        return Effect(
            summary="出具医师资格信息查询证明",
            certificate_kind=qualifying.EXTRACT,
            certificate_fields={
                "number": decided.serial(),
                "issuer": qualifying.issuer(decided.office),
                "name": qualification.holder_name,
                "sex": sex_word(qualification.holder_sex),
                "identity_number": mask_resident_id(decided.now("identity_number")),
                "qualification_number": mask_qualification_number(decided.now("qualification_number")),
                "level": name_of("practice_level", qualification.level),
                "category": name_of("practice_category", qualification.category),
                "way": name_of("acquisition_way", qualification.way),
                "qualified_on": qualification.qualified_on.isoformat(),
                "purpose": decided.answers.text(ExtractStep.code, "purpose"),
            },
        )


@declare
class QualificationReissue(HeldQualificationItem):
    """医师资格证书补发换发: the certificate is lost, damaged or of an old layout."""

    code, title, short_title = "qualification_reissue", "医师资格证书补发换发", "资格证书补发"
    articles = (physicians_law(12), licensing_law(39))
    route = (Stage.ACCEPT, Stage.DECIDE)
    steps = (CurrentStep, QualificationReissueStep)
    materials = (PHOTO,)
    checks = (status_permits(code), in_the_data, loss_has_a_day)

    def enter(self, decided: Decided) -> Effect:
        """The certificate again with the same number; the first one of the platform where it never printed one."""
        reason = MadeFor(decided.answers.text(QualificationReissueStep.code, "ground"))
        summary = f"{dict(REASONS)[reason]}，重新制发医师资格证书，编码不变"
        photo, found = photo_of(decided.case), qualifying.certificate_of(decided.qualification)
        if found is not None:
            again = certificates.reissue(
                found[0], reason=reason, on=decided.on, change_id=decided.change.id, photo=photo or None
            )
            decided.case.certificate_id = again.pk
            return Effect(summary=summary)
        fields = qualifying.printed(
            decided.qualification,
            decided.held,
            identity_number=decided.now("identity_number"),
            number=decided.now("qualification_number"),
            serial=decided.serial(),
            office=decided.office,
            photo=photo,
        )
        return Effect(summary=summary, certificate_kind=qualifying.KIND, certificate_fields=fields)
