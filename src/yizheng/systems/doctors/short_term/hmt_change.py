"""港澳台医师短期行医变更: scope, department or a shorter contract change within the days that were granted.

港澳医师短期行医规定 第九条、第十一条: practice keeps to what is registered; a longer contract or another host is a
registration anew.
"""

from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.documents import sealing
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import hk_macau_rules, taiwan_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Initiator, Material, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import permits
from yizheng.systems.doctors.checks.employer import licence_in_force
from yizheng.systems.doctors.checks.scope import scope_fits_subjects, scope_within_category
from yizheng.systems.doctors.models import ShortTermPractice
from yizheng.systems.doctors.short_term.item import StandingItem
from yizheng.systems.doctors.short_term.standing import (
    AmendedPracticeStep,
    StandingParty,
    StandingStep,
    nothing_is_prolonged,
    party_of,
    practice_stands,
)


@declare
class HmtChange(StandingItem):
    """港澳台医师短期行医变更."""

    code = "hmt_short_term_change"
    title = "港澳台医师短期行医变更"
    short_title = "短期行医变更"
    articles = (hk_macau_rules(9), hk_macau_rules(11), taiwan_rules(9), taiwan_rules(11))
    initiators = (Initiator.PERSON,)
    steps = (StandingStep, AmendedPracticeStep)
    materials = (Material("contract", "变更后的聘用协议", "与聘用机构签订，写明变更内容"),)
    checks = (practice_stands, licence_in_force, scope_within_category, scope_fits_subjects, nothing_is_prolonged)
    route = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The practice as it stands."""
        standing = self.of_mine(subject_id, timezone.localdate())
        if not standing:
            return {}
        first = standing[0]
        return super().prefill(subject_id) | {
            "amended": {
                "scope": first.scopes[0] if first.scopes else "",
                "department": first.department,
                "contract_from": first.contract_from,
                "contract_to": first.contract_to,
            }
        }

    def gather(self, answers: Answers, subject_id: int, on: date) -> StandingParty:
        """The practice, and what is to become of it."""
        typed = answers.get("amended", {})
        scope = str(typed.get("scope", ""))
        return party_of(
            self.meant(answers, subject_id, on),
            self.chosen(answers, on),
            on,
            scopes=(scope,) if scope else (),
            contract_to=typed.get("contract_to"),
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The practice says so from today; the certificate is renewed. Raises NotPossibleError where none stands."""
        answers = load(case)
        meant = self.meant(answers, case.subject_id, on)
        if not meant:
            raise NotPossibleError("没有这家机构的有效短期行医注册")
        standing, typed = meant[0], answers["amended"]
        ends = typed.get("contract_to") or standing.contract_to
        altered = {
            "scopes": [str(typed["scope"])],
            "department": str(typed.get("department", "")),
            "contract_from": typed.get("contract_from") or standing.contract_from,
            "contract_to": ends,
            "valid_until": min(standing.valid_until, ends),
        }
        with acting_as_system("短期行医变更登记"):
            amended = change.state(
                ShortTermPractice,
                case.subject_id,
                standing.line,
                {**standing.values(), **altered},
                valid_from=on,
                authority_scope=standing.authority_scope,
            )
            return _renewed(amended, on, Scope.objects.get(pk=standing.authority_scope))


def _renewed(amended: ShortTermPractice, on: date, office: Scope) -> Effect:
    summary = f"变更短期行医注册，有效期至{long_date(amended.valid_until)}"
    former = permits.certificates_of([amended]).first()
    if former is None:
        return Effect(summary=summary)
    printed, _check_word = sealing.unseal(former)
    entry = {"item": "变更执业范围、聘用协议", "date": on, "authority": printed["issuer"]}
    fields = {
        **printed,
        "scope": "；".join(name_of("practice_scope", code) for code in amended.scopes),
        "valid_until": long_date(amended.valid_until),
        "changes": [*printed.get("changes", ()), entry],
    }
    return Effect(summary, former.kind, fields)
