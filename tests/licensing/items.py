"""Small items to try the engine with: licences, a service, a filing and acts of the authority."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.statutes import licensing_law, physicians_law
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Item, Material, Shape, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeInProgress
from yizheng.systems.institutions.models import InstitutionLicence


@dataclass(frozen=True)
class Asked:
    """What the sample rules weigh."""

    years: int
    doubtful: bool


class AboutStep(Step):
    """One part with a personal field."""

    code = "about"
    title = "基本情况"
    personal = frozenset({"id_number"})

    id_number = forms.CharField(label="证件号码")
    years = forms.IntegerField(label="年限")
    doubtful = forms.BooleanField(label="有疑问", required=False)
    district = forms.CharField(label="区")
    institution = forms.CharField(label="机构", required=False)


@check("I-SAMPLE1", physicians_law(13), title="年限已满")
def long_enough(asked: Asked, on: date) -> Iterator[Finding]:
    """Three years at least."""
    if asked.years < 3:
        yield refuse("about.years", f"年限只有 {asked.years} 年，须满 3 年")


@check("I-SAMPLE2", physicians_law(16), title="没有疑问")
def beyond_doubt(asked: Asked, on: date) -> Iterator[Finding]:
    """A person must weigh it."""
    if asked.doubtful:
        yield advise("about.doubtful", "申请内容有疑问")


class _Sample(Item):
    system = "tests"
    register = "样例"
    articles = (physicians_law(13),)
    steps = (AboutStep,)
    checks = (long_enough, beyond_doubt)
    statutory = WorkingDays(20, licensing_law(42))

    def gather(self, answers: Mapping[str, Mapping[str, Any]], subject_id: int, on: date) -> Asked:
        about = answers.get("about", {})
        return Asked(int(about.get("years") or 0), bool(about.get("doubtful")))

    def institution_of(self, answers: Mapping[str, Mapping[str, Any]], on: date) -> int | None:
        code = answers.get("about", {}).get("institution")
        return Scope.objects.filter(code=code).values_list("pk", flat=True).first()

    def authority_of(self, answers: Mapping[str, Mapping[str, Any]], on: date) -> int | None:
        code = answers.get("about", {}).get("district")
        return Scope.objects.filter(code=code).values_list("pk", flat=True).first()

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        return Effect(f"准予{self.short_title}")


@declare
class SampleLicence(_Sample):
    """Confirmed by the institution, accepted, reviewed, decided."""

    code = "sample_licence"
    title = "样例许可"
    short_title = "样例许可"
    initiators = (Initiator.PERSON, Initiator.INSTITUTION)
    route = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    extendable = True


@declare
class SampleService(_Sample):
    """Accepted and decided, without a review between."""

    code = "sample_service"
    title = "样例服务"
    short_title = "样例服务"
    route = (Stage.ACCEPT, Stage.DECIDE)


@declare
class PaperedLicence(_Sample):
    """The same with a paper to attach."""

    code = "sample_papered"
    title = "带材料的许可"
    short_title = "带材料的许可"
    materials = (Material("proof", "证明", "盖章"),)


@declare
class SampleFiling(_Sample):
    """Takes effect when it is submitted."""

    code = "sample_filing"
    title = "样例备案"
    short_title = "样例备案"
    shape = Shape.FILING
    route = (Stage.ACCEPT,)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        licence = {
            "kind": "filing", "name": "样例诊所", "category": "D1", "business_nature": "1", "subjects": ["02"],
            "district": "110108", "address": "海淀区样例路 1 号", "status": "active",
        }  # fmt: skip
        assert case.authority_scope is not None
        with acting_as_system("样例备案登记"):
            change.state(
                InstitutionLicence, case.subject_id, "licence", licence,
                valid_from=on, authority_scope=case.authority_scope,
            )  # fmt: skip
        return Effect("已备案")


@declare
class SampleAct(_Sample):
    """Begun by the authority."""

    code = "sample_act"
    title = "样例处理"
    short_title = "样例处理"
    shape = Shape.AUTHORITY_ACT
    initiators = (Initiator.AUTHORITY,)


@declare
class SampleRecord(_Sample):
    """What was decided elsewhere is entered by one person and confirmed by another."""

    code = "sample_record"
    title = "样例记录"
    short_title = "样例记录"
    shape = Shape.AUTHORITY_ACT
    initiators = (Initiator.AUTHORITY,)
    route = (Stage.DECIDE,)
