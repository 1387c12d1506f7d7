"""撤销医师资格: a qualification obtained by improper means is annulled, and the registration on it falls with it.

医师法 第五十四条: the authority that gave it annuls it, and no such application is accepted for three years, counted from
the day of the decision. The party is told and heard first.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from yizheng.documents import certificates
from yizheng.documents.models import Ending
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import article, licensing_law, physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, radio
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Stage
from yizheng.licensing.models import Case
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.qualification import same_category
from yizheng.systems.doctors.conduct.penalty import end_all
from yizheng.systems.doctors.item import QualificationItem, RecordedAct
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.qualification import qualifying
from yizheng.systems.doctors.qualification.held_item import Holder, in_the_data, meant
from yizheng.systems.practitioners.bars import enter_bar
from yizheng.systems.practitioners.conduct.penalty import record_penalty
from yizheng.systems.practitioners.models.penalty import NOT_CONTESTED


class AnnulmentStep(Step):
    """Which qualification was obtained by improper means, and how that was found."""

    code, title = "annulment", "撤销医师资格"

    level = coded("practice_level", "资格级别")
    means = radio(
        "不正当手段",
        (
            ("forged", "伪造学历、身份等材料"),
            ("cheating", "考试作弊取得"),
            ("impostor", "冒名顶替"),
            ("bribe", "贿赂"),
            ("other", "其他"),
        ),
    )
    facts = forms.CharField(label="查明的事实", max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    document_number = forms.CharField(label="撤销决定文号", max_length=60)


STEP = AnnulmentStep.code
IMPROPER_MEANS = "R11"


@declare
class QualificationAnnulment(QualificationItem, RecordedAct):
    """撤销医师资格."""

    code, title, short_title = "qualification_annul", "撤销医师资格", "撤销资格"
    group = "医师资格"
    articles = (physicians_law(54), licensing_law(79))
    route = (Stage.REVIEW, Stage.DECIDE)
    steps = (AnnulmentStep,)
    weighs = Holder
    checks = (status_permits(code), in_the_data)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """There must be a qualification to annul."""
        if not self.held(subject_id, on).qualifications:
            return "资格数据中没有该人员的医师资格"
        return super().may_apply(subject_id, on)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """Whether the qualification named is there to be annulled."""
        held = self.held(subject_id, on)
        return {"register_status": held.status, "holds": meant(held, answers, STEP) is not None}

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The qualification ends, the registration on it is annulled, the bar counts from today."""
        answers = load(case)
        held = self.held(case.subject_id, on)
        qualification = meant(held, answers, STEP)
        assert qualification is not None
        assert case.decided_by is not None
        found = qualifying.certificate_of(qualification)
        if found is not None:
            certificates.revoke(found[0], ending=Ending.ANNULLED, on=on, change_id=change.id)
        change.end(Qualification, case.subject_id, qualification.line, on=on)
        fallen = tuple(
            each
            for each in held.registrations
            if each.level == qualification.level and same_category(each.category, qualification.category)
        )
        end_all(replace(held, registrations=fallen), change, on, status="ANNULLED", reason="D13")
        office = qualifying.issuer(case.decided_by)
        number = answers.text(STEP, "document_number")
        enter_bar(
            change,
            case.subject_id,
            IMPROPER_MEANS,
            on,
            authority_scope=case.decided_by,
            authority_name=office,
            document_number=number,
        )
        record_penalty(
            change,
            case.subject_id,
            on,
            {
                "kind": "qual_annulment",
                "behaviour": answers.text(STEP, "facts")[:200],
                "article": str(article("physicians_law:54")),
                "authority_name": office,
                "document_number": number,
                "review_state": NOT_CONTESTED,
            },
            office=case.decided_by,
        )
        level = name_of("practice_level", qualification.level)
        return Effect(summary=f"撤销{level}资格，三年内不受理相应申请")
