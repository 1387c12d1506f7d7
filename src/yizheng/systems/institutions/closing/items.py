"""医疗机构注销: applied for by the institution, brought by the authority after hearing it, or entered on a document in force."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import table
from yizheng.kernel.statutes import institution_regulation, licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.desk_steps import VisitStep
from yizheng.licensing.catalogue import declare, item
from yizheng.licensing.item import Effect, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.licensing.ports.consequences import follow
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.closing.rules import AUTHORITY, CHECKS, INSTITUTION, Ending
from yizheng.systems.institutions.closing.steps import AppliedStep, HeardStep, RecordedStep
from yizheng.systems.institutions.item import InstitutionAct, InstitutionItem, office
from yizheng.systems.institutions.licensing import REVOKED, end_licence
from yizheng.systems.institutions.models import Closing
from yizheng.systems.institutions.models.closing import CLOSING, REASONS
from yizheng.systems.institutions.models.verification import FAILED
from yizheng.systems.institutions.questions import Staff, who_nurses, who_practises
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.steps import PromiseStep
from yizheng.systems.institutions.verification.applications import applied_on

OWN = ("inst_deregister", "inst_deregister_ex_officio", "inst_deregister_on_record")
STANDING = ("active", "check_due", "check_suspended", "closed_temp", "suspended_penalty")
"""Statuses of a licence that did not end."""
ARTICLES = (institution_regulation(20), licensing_law(70))


def weighed(subject_id: int, on: date, initiator: str) -> dict[str, Any]:
    """What the record says for or against an end; call it as the system."""
    held, here = Held(subject_id, on), Staff(subject_id, on)
    known: dict[str, Any] = {
        "initiator": initiator,
        "applied": bool(applied_on([subject_id])),
        "open_cases": tuple(_others(subject_id, on)),
        "staff": len({each.subject for each in (*who_practises.ask(here), *who_nurses.ask(here))}),
        "failed": bool(held.verifications) and held.verifications[-1].conclusion == FAILED,
    }
    if held.licence is not None:
        known |= {"regime": held.licence.kind, "district": held.licence.district, "term_to": held.licence.term_to}
    if held.period is not None:
        known |= {name: getattr(held.period, name) for name in ("order_by", "deferred_to", "again_by")}
    if held.suspension is not None:
        known |= {"suspended_from": held.suspension.from_on, "suspended_for": held.suspension.reason}
    return known


def _others(subject_id: int, on: date) -> list[str]:
    open_ones = Case.objects.all().open().with_authority().filter(subject_id=subject_id).exclude(item_code__in=OWN)
    return sorted({item(code, day).short_title for code, day in open_ones.values_list("item_code", "rules_on")})


def close(change: ChangeInProgress, held: Held, deciding: Scope, answers: Answers) -> Effect:
    """The licence ends for its reason, with everything that rests on it; call it as the system."""
    said: Mapping[str, Any] = answers.get("closing", {})
    reason = table(REASONS)[answers.text("closing", "cause")]
    status = reason.attributes["status"]
    ends_on = (answers.day("closing", "event_on") or held.on) if status == REVOKED else held.on
    document = "".join(filter(None, (said.get("organ"), said.get("document_number"))))
    told = {name: said.get(name) or "" for name in ("successor", "district_to", "records_kept")}
    event = change.event(
        Closing, held.subject_id, CLOSING, {"cause": reason.code, "document": document, **told}, happened_on=ends_on,
        authority_scope=deciding.pk,
    )  # fmt: skip
    end_licence(change, held.subject_id, on=ends_on, status=status)
    change.flush()
    follow(event, cause=change.id, on=ends_on)
    return Effect(f"{'吊销' if status == REVOKED else '注销'}执业许可（{reason.name}），自{long_date(ends_on)}起终止")


@declare
class Deregistration(InstitutionItem):
    """医疗机构注销登记: it closes, merges, moves out of the area, or its founder ended."""

    code, title, short_title, group = OWN[0], "医疗机构注销登记", "注销登记", "停业与注销"
    articles = ARTICLES
    statutory = WorkingDays(20, licensing_law(42))
    statuses = STANDING
    steps = (AppliedStep, PromiseStep)
    desk_steps = (VisitStep,)
    materials = (
        Material("application", "医疗机构注销登记申请书", "法定代表人或者主要负责人签字，盖章"),
        Material("licence", "执业许可证正本、副本", "扫描件，原件交回"),
        Material("handover", "病历、处方和药品、装置的移交清单", "承接方签收"),
    )
    weighs = Ending
    checks = CHECKS

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The record, and who practises there."""
        return weighed(subject_id, on, INSTITUTION)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The institution ends."""
        with acting_as_system(f"{self.title}登记"):
            return close(change, self.held(case.subject_id, on), office(case), load(case))


class DeregistrationAct(InstitutionAct):
    """The authority ends an institution."""

    group, articles, statuses = "停业与注销", ARTICLES, STANDING
    weighs: ClassVar[type[Any]] = Ending
    checks = CHECKS

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The record."""
        return weighed(subject_id, on, AUTHORITY)

    def enter(self, answers: Answers, held: Held, change: ChangeInProgress, deciding: Scope) -> Effect:
        """The institution ends."""
        return close(change, held, deciding, answers)


@declare
class ExOfficio(DeregistrationAct):
    """依职权注销: after the institution was told and could be heard."""

    code, title, short_title = OWN[1], "依职权注销医疗机构执业许可", "依职权注销"
    steps = (HeardStep,)


@declare
class OnRecord(DeregistrationAct):
    """据文书注销: a withdrawal, an annulment or a revocation in force is entered."""

    code, title, short_title = OWN[2], "据文书注销医疗机构执业许可", "据文书注销"
    route: ClassVar[tuple[Stage, ...]] = (Stage.DECIDE,)
    steps = (RecordedStep,)
