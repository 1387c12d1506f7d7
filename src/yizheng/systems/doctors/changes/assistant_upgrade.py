"""助理升执业医师: an assistant who has passed the physician's examination is registered as one (医师法 第九条、第十三条).

The assistant's registration closes with reason D16, which is no sanction; the new number begins with 1 and the place
widens from the district to the city. Filings go on under the new level.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.documents.models import Ending
from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.item import Effect
from yizheng.registry import FOREVER
from yizheng.systems.doctors.changes.item import (
    ASSISTANT_CERTIFICATE,
    EMPLOYMENT_PROOF,
    EXAMINATION_FORM,
    ChangeItem,
    conditions,
)
from yizheng.systems.doctors.changes.rules import Changer, has_a_place
from yizheng.systems.doctors.checks.applicant import ASSISTANT, PHYSICIAN
from yizheng.systems.doctors.checks.qualification import holds_qualification, same_category
from yizheng.systems.doctors.checks.scope import scope_within_category
from yizheng.systems.doctors.forms import PracticeStep, QualificationStep
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.registration import DEREGISTERED, UPGRADED
from yizheng.systems.doctors.reading.gathering import SCOPES, scopes_in
from yizheng.systems.doctors.registration.entering import Entry, RegisteringItem, come, issued, leave, open_registration
from yizheng.systems.practitioners.amending import end_registration, revoke_certificates, say
from yizheng.systems.practitioners.forms.declaration import PromiseStep
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.places import place_of


def in_another_scope(changer: Changer, on: date) -> bool:
    """Whether the scope asked for is not the one registered, which needs a proof of its own."""
    return changer.now is not None and bool(set(changer.scopes) - set(changer.now.scopes))


@check("D-U01", physicians_law(9), physicians_law(13), title="执业助理医师已取得同类别执业医师资格")
def qualified_as_physician(changer: Changer, on: date) -> Iterator[Finding]:
    """A physician's qualification in the category registered."""
    now = changer.now
    if now is None:
        return
    if now.level != ASSISTANT:
        yield refuse("", "现在的注册不是执业助理医师，不需要办理助理升执业医师")
        return
    held = [each for each in changer.qualifications if each.level == PHYSICIAN]
    if not any(same_category(each.category, now.category) for each in held):
        yield refuse("", "资格数据中没有同一类别的执业医师资格，取得后才能办理")


@check("D-U02", registration_rules(7), title="拟执业机构在已注册的执业地点", needs=("practice",))
def where_registered(changer: Changer, on: date) -> Iterator[Finding]:
    """The upgrade happens at the registered place; who wants another one changes that first."""
    now, employer = changer.now, changer.employer
    if now is not None and employer is not None and now.level == ASSISTANT and employer.place != now.place:
        yield refuse("practice.institution", f"现注册在{now.place_name}，换区执业请先办理变更执业地点")


@declare
class AssistantUpgrade(ChangeItem):
    """执业助理医师升执业医师."""

    code, title = "doctor_assistant_upgrade", "执业助理医师升执业医师注册"
    short_title, group = "助理升执业医师", "注册"
    articles = (physicians_law(9), physicians_law(13), registration_rules(7))
    steps = (PersonStep, QualificationStep, PracticeStep, PromiseStep)
    materials = (EMPLOYMENT_PROOF, ASSISTANT_CERTIFICATE, EXAMINATION_FORM.when(in_another_scope))
    checks = conditions(
        code, has_a_place, holds_qualification, qualified_as_physician, where_registered, scope_within_category
    )

    def unfit(self, main: Registration | None) -> str | None:
        """Only an assistant rises."""
        if main is not None and main.level != ASSISTANT:
            return "现在的注册不是执业助理医师，不需要办理"
        return super().unfit(main)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The physician's qualification, and the institution and scope as registered."""
        known = RegisteringItem.prefill(self, subject_id)
        held = self.held(subject_id, timezone.localdate())
        main = held.main
        practice = known.get("practice", {}) | {"level": PHYSICIAN}
        if main is not None:
            practice |= {"institution": held.main_institution, "category": main.category, "employment": main.employment}
            practice |= dict(zip(SCOPES, main.scopes, strict=False))
        return {**known, "practice": practice}

    def enter(self, entry: Entry) -> Effect:
        """One registration closes, another opens on the same day."""
        former = entry.former
        end_registration(former, entry.change, entry.on, status=DEREGISTERED, reason=UPGRADED)
        revoke_certificates([former], entry.change, entry.on, ending=Ending.CANCELLED)
        registration = self._risen(entry, former)
        for filing in entry.held.filings:
            say(filing, entry.change, entry.on, FOREVER, level=PHYSICIAN)
        come(entry)
        leave(entry, "已注册为执业医师")
        return issued(entry, registration, entry.identity, f"准予注册，执业证书编码 {registration.practice_number}")

    def _risen(self, entry: Entry, former: Registration) -> Registration:
        said = {**former.values(), **entry.post, "practice_number": "", "issued_on": entry.on}
        said["scopes"] = list(scopes_in(entry.typed["practice"]))
        category = said.pop("category")
        del said["level"], said["place"]
        return open_registration(entry, PHYSICIAN, category, place_of(PHYSICIAN, entry.licence.district), **said)
