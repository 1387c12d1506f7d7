"""互联网诊疗服务方式, 互联网医院作为第二名称, their change and their end: on the record of the institution itself.

A second name is no second institution: it has no number and no verification of its own.
"""

from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from yizheng.documents.authorities import authority
from yizheng.kernel.statutes import (
    institution_regulation,
    internet_diagnosis_rules,
    internet_hospital_rules,
    licensing_law,
)
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import Check
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, Shape, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.internet import rules
from yizheng.systems.institutions.internet.rules import Online
from yizheng.systems.institutions.internet.steps import InternetNameStep, OnlineSubjectsStep, PlatformStep
from yizheng.systems.institutions.internet.weighing import behind, named, service
from yizheng.systems.institutions.item import InstitutionItem, office
from yizheng.systems.institutions.models import LINE as LICENCE
from yizheng.systems.institutions.models import FurtherName, InstitutionLicence, InternetService, names
from yizheng.systems.institutions.models.internet import FORMS, INDEPENDENT, LINE, MODE, SECOND_NAME
from yizheng.systems.institutions.naming.rules import WantedName
from yizheng.systems.institutions.record.entering import standing
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.printing import certify
from yizheng.systems.institutions.record.steps import INTERNET, PromiseStep
from yizheng.systems.institutions.verification.clock import Regime

INTERNET_HOSPITAL = "internet_hospital"
PROTECTION = Material("protection", "信息系统第三级等级保护证明", "备案证明和一年内的测评报告")
JOINED = Material("joined", "与监管平台对接的证明", "联调测试报告")


def by_contract(online: Online, on: date) -> bool:
    """Whether a third party runs the platform with the institution."""
    return bool(online.partner)


AGREEMENT = Material("agreement", "与第三方的合作协议", "双方盖章").when(by_contract)


class OnlineItem(InstitutionItem):
    """An item about the service over the internet of an institution with a licence."""

    group = "互联网诊疗"
    regimes: ClassVar[Collection[str]] = (Regime.LICENSED, Regime.ELDERLY_INNER)
    weighs: ClassVar[type[Any]] = Online

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """What stands against it: the licence, or how the service stands already."""
        return super().may_apply(subject_id, on) or self.hindered_by(self.held(subject_id, on).internet)

    def hindered_by(self, internet: InternetService | None) -> str | None:
        """Why the item is of no use beside this service."""
        return None if internet is not None else "本机构没有开展互联网诊疗"

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The service as it stands, or the subjects it could be about."""
        held = self.held(subject_id, timezone.localdate())
        known: dict[str, dict[str, Any]] = {}
        if held.internet is not None:
            fields = ("platform", "address", "doctors", "partner", "protection_number", "assessed_on", "agreement_to")
            said = {name: getattr(held.internet, name) for name in fields}
            known["platform"] = {name: value for name, value in said.items() if value}
        codes = held.internet.subjects if held.internet is not None else held.licence.subjects if held.licence else []
        return {**known, "subjects": {"subjects": [{"subject": code} for code in codes]}}

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The institution behind the service, and the name that is asked for."""
        licence = self.held(subject_id, on).licence
        name, partner = answers.text("name", "name").strip(), answers.text("platform", "partner").strip()
        found = {"item": self.code, **behind(answers, licence, on)}
        if licence is None or not name:
            return found
        kind = "partner" if partner and name != licence.name + "互联网医院" else "second"
        wanted = WantedName(name, licence.category, "", internet=kind, host_name=licence.name, partner_name=partner)
        return {**found, **named(wanted, subject_id, on)}


class OnlineGrant(OnlineItem):
    """An item that writes the service, and the name where there is one."""

    steps: ClassVar[tuple[type[Step], ...]] = (PlatformStep, OnlineSubjectsStep, PromiseStep)
    checks: ClassVar[tuple[Check, ...]] = rules.SERVICE
    form: ClassVar[str] = MODE

    def form_of(self, held: Held) -> str:
        """In which form the service is afterwards."""
        return self.form

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The mode on the licence, the service, the name, and the duplicate made anew."""
        answers, deciding = load(case), office(case)
        with acting_as_system(f"{self.title}登记"):
            held = self.held(case.subject_id, on)
            form = self.form_of(held)
            _enter_modes(change, held, deciding, online=True)
            host = None if held.internet is None else held.internet.host_id
            change.state(
                InternetService, case.subject_id, LINE, service(answers, form, host),
                valid_from=on, authority_scope=deciding.pk,
            )  # fmt: skip
            name = answers.text("name", "name").strip()
            if name:
                _enter_name(change, held, name, deciding)
            told = f"{FORMS[form]}{f'：{name}' if name else ''}"
            certified = certify(change, case.subject_id, on, deciding, changed=f"{self.short_title}：{told}"[:60])
            case.certificate_id = certified.pk
        return Effect(f"准予{self.short_title}（{told}），记载于执业许可证副本")


@declare
class InternetMode(OnlineGrant):
    """增加互联网诊疗服务方式: own doctors, who see their own patients again."""

    code, title, short_title = rules.MODE_ITEM, "增加互联网诊疗服务方式", "增加互联网诊疗"
    articles = (internet_diagnosis_rules(7), internet_diagnosis_rules(8))
    statutory = WorkingDays(20, licensing_law(42))
    materials = (
        Material("application", "增加互联网诊疗服务方式的申请", "法定代表人或者主要负责人签署，写明理由"), AGREEMENT, PROTECTION, JOINED,
    )  # fmt: skip

    def hindered_by(self, internet: InternetService | None) -> str | None:
        """There is none yet."""
        return None if internet is None else f"本机构已开展{FORMS[internet.form]}"


@declare
class InternetSecondName(OnlineGrant):
    """互联网医院作为第二名称: doctors of other institutions may serve too."""

    code, title, short_title = "internet_hosp_second_name", "互联网医院作为第二名称", "互联网医院第二名称"
    articles = (internet_hospital_rules(5), internet_hospital_rules(8))
    statutory = WorkingDays(45, institution_regulation(18))
    steps = (InternetNameStep, PlatformStep, OnlineSubjectsStep, PromiseStep)
    materials = (
        Material("application", "申请书", "法定代表人签署"), AGREEMENT, PROTECTION, JOINED,
        Material("doctors", "提供服务的医师名录", "附职称证明、执业证书；在其他机构注册的注明"),
    )  # fmt: skip
    checks = (*rules.SERVICE, *rules.NAMED)
    form = SECOND_NAME

    def hindered_by(self, internet: InternetService | None) -> str | None:
        """Who serves as a mode of service may become an internet hospital."""
        return None if internet is None or internet.form == MODE else f"本机构已是{FORMS[internet.form]}"


@declare
class InternetChange(OnlineGrant):
    """互联网诊疗变更: another platform, partner or agreement is applied for anew (互联网医院管理办法 第十一条)."""

    code, title, short_title = "internet_change", "互联网诊疗和互联网医院变更", "变更互联网诊疗"
    articles = (internet_hospital_rules(11), internet_diagnosis_rules(8))
    regimes = (Regime.LICENSED, Regime.ELDERLY_INNER, Regime.INTERNET_INDEPENDENT)
    statutory = WorkingDays(20, licensing_law(42))
    materials = (Material("application", "变更申请", "法定代表人签署，写明理由"), AGREEMENT, PROTECTION, JOINED)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """A mode of service stays one; of an internet hospital of its own, the institution relied on stands behind it."""
        internet = self.held(subject_id, on).internet
        known = super().known(answers, subject_id, on)
        if internet is not None and internet.form == MODE:
            known["item"] = rules.MODE_ITEM
        if internet is not None and internet.host_id is not None:
            known |= behind(answers, Held(internet.host_id, on).licence, on)
        return known

    def form_of(self, held: Held) -> str:
        """As it was."""
        return MODE if held.internet is None else held.internet.form


class EndStep(Step):
    """Why it ends, and what becomes of the records."""

    code, title = "closing", "终止"

    grounds = forms.CharField(label="终止的原因", max_length=300)
    records = forms.CharField(label="电子病历的保管和查阅", max_length=300)


@declare
class InternetEnd(OnlineItem):
    """终止互联网诊疗: the mode and the second name are given up; an internet hospital of its own is deregistered."""

    code, title, short_title = "internet_cancel", "终止互联网诊疗和互联网医院第二名称", "终止互联网诊疗"
    articles = (internet_hospital_rules(11), institution_regulation(19))
    shape = Shape.FILING
    route = ()
    steps = (EndStep, PromiseStep)
    materials = (Material("application", "终止的申请", "法定代表人或者主要负责人签署"),)
    statuses = ("active", "check_due", "check_suspended", "closed_temp")

    def hindered_by(self, internet: InternetService | None) -> str | None:
        """There is one, and it is no institution of its own."""
        alone = internet is not None and internet.form == INDEPENDENT
        return "独立设置的互联网医院请办理注销登记" if alone else super().hindered_by(internet)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Mode, service and name end, and the duplicate is made anew."""
        deciding = office(case)
        with acting_as_system(f"{self.title}登记"):
            held = self.held(case.subject_id, on)
            _enter_modes(change, held, deciding, online=False)
            change.end(InternetService, case.subject_id, LINE, on=on)
            for each in held.of(FurtherName):
                if each.kind == INTERNET_HOSPITAL:
                    change.end(FurtherName, case.subject_id, each.line, on=on)
            case.certificate_id = certify(change, case.subject_id, on, deciding, changed=self.short_title).pk
        return Effect("互联网诊疗已终止，执业许可证副本已变更")


def _enter_modes(change: ChangeInProgress, held: Held, deciding: Scope, *, online: bool) -> None:
    """The licence says among its modes whether the institution serves over the internet."""
    licence = standing(held)
    modes = (
        sorted({*licence.service_modes, INTERNET}) if online else [m for m in licence.service_modes if m != INTERNET]
    )
    if modes != licence.service_modes:
        change.state(
            InstitutionLicence, held.subject_id, LICENCE, {**licence.values(), "service_modes": modes},
            valid_from=held.on, authority_scope=deciding.pk,
        )  # fmt: skip


def _enter_name(change: ChangeInProgress, held: Held, name: str, deciding: Scope) -> None:
    """The name of the internet hospital, on its own line or on the next that is free."""
    further = held.of(FurtherName)
    own = next((each.line for each in further if each.kind == INTERNET_HOSPITAL), "")
    values = {
        "kind": INTERNET_HOSPITAL, "name": name, "approved_by": authority(deciding.code).name, "approved_on": held.on,
    }  # fmt: skip
    taken = {each.line for each in further}
    line = own or next(free for number in range(1, 100) if (free := names.line(number)) not in taken)
    change.state(FurtherName, held.subject_id, line, values, valid_from=held.on, authority_scope=deciding.pk)
