"""独立设置互联网医院: an institution of its own that relies on another, registered where that one is (互联网医院管理办法 第五条至第十三条).

It has its own licence, its own number and its own verification every year; when the institution it relies on ends, it ends too.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import institution_regulation, internet_hospital_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import check, refuse
from yizheng.licensing.item import Effect, Material, WorkingDays
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.internet.rules import NAMED, SERVICE, Online
from yizheng.systems.institutions.internet.standing import JOINED, PROTECTION
from yizheng.systems.institutions.internet.steps import (
    HostStep,
    InternetHospitalStep,
    InternetSiteStep,
    OnlineSubjectsStep,
    PlatformStep,
)
from yizheng.systems.institutions.internet.weighing import behind, named, service
from yizheng.systems.institutions.item import FoundingItem, office
from yizheng.systems.institutions.models import InstitutionLicence, InternetService
from yizheng.systems.institutions.models.internet import INDEPENDENT, LINE
from yizheng.systems.institutions.naming.rules import WantedName
from yizheng.systems.institutions.record import rules
from yizheng.systems.institutions.record.printing import certify
from yizheng.systems.institutions.record.stated import stated
from yizheng.systems.institutions.record.steps import INTERNET, FounderStep, PartiesStep, PremisesStep, PromiseStep
from yizheng.systems.institutions.record.weighing import weighed
from yizheng.systems.institutions.registration.licensing import license_record
from yizheng.systems.institutions.verification.clock import Regime

CATEGORY = "LOCAL-HLWYY"
"""互联网医院（独立设置）: the standard has no code for it."""


@dataclass(frozen=True, kw_only=True)
class Independent(rules.Plan, Online):
    """An internet hospital of its own, and the institution it relies on."""

    host: str = ""
    """The name of the institution relied on, empty while none is chosen."""
    host_practises: bool = False
    host_licensed: bool = False


@check("I-W-HOST", internet_hospital_rules(5), title="依托正常执业的实体医疗机构", needs=("host",))
def relies_on_an_institution(hospital: Independent, on: date) -> Any:
    """The institution relied on holds a licence of its own and practises."""
    if hospital.host and not hospital.host_licensed:
        yield refuse("host.institution", "只能依托取得执业许可证的实体医疗机构，备案的诊所和互联网医院不能依托")
    elif hospital.host and not hospital.host_practises:
        yield refuse("host.institution", f"{hospital.host}现在不能执业，不能依托")


@declare
class IndependentInternetHospital(FoundingItem):
    """独立设置互联网医院: setting and registration in one case."""

    code, title, short_title, group = (
        "internet_hosp_independent",
        "独立设置互联网医院",
        "独立设置互联网医院",
        "互联网诊疗",
    )
    articles = (internet_hospital_rules(5), internet_hospital_rules(6), institution_regulation(14))
    statutory = WorkingDays(75, institution_regulation(18))
    steps = (
        HostStep, FounderStep, InternetHospitalStep, InternetSiteStep, OnlineSubjectsStep, PlatformStep, PartiesStep,
        PremisesStep, PromiseStep,
    )  # fmt: skip
    materials = (
        Material("application", "设置申请书", "申请设置方签署"),
        Material("feasibility", "设置可行性研究报告", "可以简化"),
        Material("host_address", "所依托实体医疗机构的地址证明", "执业许可证"),
        Material("agreement", "合作建立互联网医院的协议书", "与所依托的实体医疗机构签订"),
        Material("doctors", "提供服务的医师名录", "附职称证明、执业证书"),
        PROTECTION, JOINED,
    )  # fmt: skip
    weighs = Independent
    checks = (*rules.SOUND, *SERVICE, *NAMED, relies_on_an_institution)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """What every founding form weighs, and how the institution relied on stands."""
        host, founder = _host(answers, on), answers.text("founder", "name")
        name = answers.text("institution", "name").strip()
        wanted = WantedName(name, CATEGORY, "", founder_name=founder, internet="independent")
        return {
            **weighed(answers, on), "item": self.code, **behind(answers, host, on), **named(wanted, 0, on),
            "host": "" if host is None else host.name,
            "host_practises": host is not None and host.may_practise,
            "host_licensed": host is not None and host.kind == Regime.LICENSED,
        }  # fmt: skip

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The authority that registers the institution relied on."""
        host = _host(answers, on)
        return None if host is None else host.authority_scope

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """A record of its own, with the service and whom it relies on."""
        answers, deciding = load(case), office(case)
        told = stated(answers)
        with acting_as_system(f"{self.title}登记"):
            host = _host(answers, on)
            if host is None:
                raise NotPossibleError("没有找到所依托的实体医疗机构")
            made = license_record(
                change, told, deciding, on, Regime.INTERNET_INDEPENDENT, given_to=f"case:{case.pk}",
                category=CATEGORY, service_modes=[INTERNET],
            )  # fmt: skip
            change.state(
                InternetService, made.subject_id, LINE, service(answers, INDEPENDENT, host.subject_id),
                valid_from=on, authority_scope=deciding.pk,
            )  # fmt: skip
            case.certificate_id = certify(change, made.subject_id, on, deciding).pk
        return Effect(f"准予设置{told.licence['name']}，登记号 {made.number}，许可证有效期至{long_date(made.last_day)}")


def _host(answers: Answers, on: date) -> InstitutionLicence | None:
    return licences.named(answers.text("host", "institution"), on)
