"""What the items about adverts have in common: the institution applies for itself, the city or its TCM administration decides.

医疗广告管理办法 第四条、第八条; 中医药法 第十九条 for Chinese medicine, whose adverts the administration of Chinese medicine reviews.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import advert_rules
from yizheng.licensing.answers import Answers
from yizheng.licensing.item import Initiator, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import city, jurisdiction
from yizheng.registry.models import Fact
from yizheng.systems.adverts import publishing
from yizheng.systems.adverts.models import AdvertApproval, AdvertBan
from yizheng.systems.adverts.models.ban import GROUNDS
from yizheng.systems.adverts.models.exception import spared_on
from yizheng.systems.adverts.numbers import read_number
from yizheng.systems.adverts.register import ADVERTS
from yizheng.systems.adverts.review import filing, rules
from yizheng.systems.adverts.review.filing import Filing
from yizheng.systems.adverts.standing import in_words, is_tcm, may_advertise
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.item import OFFICE, InstitutionItem
from yizheng.systems.institutions.models.parties import LEGAL_REPRESENTATIVE, PRINCIPAL
from yizheng.systems.institutions.record.held import Held

TCM_OFFICE = "TCM"


def reviewer_of(category: str) -> Scope:
    """The scope of the reviewing organ for an institution of a category."""
    return jurisdiction(TCM_OFFICE) if is_tcm(category) else city()


def approval_of(number: str) -> AdvertApproval | None:
    """The approval under a number in any printed form, as it stands; call it as the system."""
    read = read_number(number)
    if read is None:
        return None
    known = AdvertApproval.objects.current().filter(number=read.normal)
    found: AdvertApproval | None = known.order_by("-valid_from").first()
    return found


def ban_of(institution: int, on: date) -> AdvertBan | None:
    """The ban that runs longest for an institution on a day; call it as the system."""
    running = AdvertBan.objects.as_of(on).filter(subject_id=institution).order_by("-last_day_barred")
    found: AdvertBan | None = running.first()
    return found


class AdvertItem(InstitutionItem):
    """An item that an institution applies for about its adverts."""

    system, register, group = "adverts", ADVERTS.title, "医疗广告"
    initiators = (Initiator.INSTITUTION,)
    statutory = WorkingDays(20, advert_rules(9))
    extendable = several = True
    weighs: ClassVar[type[Any]] = Filing
    statuses: ClassVar[Collection[str]] = (*licences.PRACTISING, rules.DEFERRED, rules.OVERDUE)
    regimes: ClassVar[Collection[str]] = (
        "licensed",
        "internet_independent",
        "elderly_inner",
        "clinic_filed",
        "tcm_clinic_filed",
    )

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """A registered institution may open the form; what stands against it is a finding with its article."""
        licence = licences.licence_on(subject_id, on)
        return None if licence is not None else "本机构没有登记"

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The first six items and the responsible persons, as the register has them."""
        on = timezone.localdate()
        licence = licences.licence_on(subject_id, on)
        if licence is None:
            return {}
        held = Held(subject_id, on)
        period = held.period
        named = held.named
        content = {
            "name": licence.name, "address": licence.address, "ownership": licence.ownership, "category": licence.category,
            "subjects": "、".join(name_of("clinical_subject", code) for code in licence.subjects), "beds": licence.beds,
            "checked_to": period.due_on if period else None,
        }  # fmt: skip
        agent = {"legal_name": named[LEGAL_REPRESENTATIVE], "principal_name": named[PRINCIPAL]}
        return {"content": {name: value for name, value in content.items() if value not in (None, "")}, "agent": agent}

    def prefill_for(self, subject_id: int, institution_scope: int) -> dict[str, dict[str, Any]]:
        """The same, and which organ reviews."""
        licence = licences.licence_on(subject_id, timezone.localdate())
        organ = reviewer_of(licence.category if licence else "")
        return {**self.prefill(subject_id), OFFICE: {"scope": organ.pk, "institution": institution_scope}}

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The licence as it stands, bans, and the approval the application is about."""
        licence = licences.licence_on(subject_id, on)
        ban = ban_of(subject_id, on)
        advert = approval_of(answers.text("held", "number"))
        known: dict[str, Any] = {
            "institution": subject_id,
            "hindrance": may_advertise(licence),
            "exceptions": spared_on(on),
        }
        if licence is not None:
            codes = {name: getattr(licence, name) for name in ("ownership", "category", "subjects", "beds")}
            known |= {"licence": in_words(licence, on), "licensed_codes": codes, "status": licence.status}
            period = Held(subject_id, on).period
            known["check_due"] = period.due_on if period else None
        if ban is not None:
            known |= {"barred_until": ban.last_day_barred, "barred_for": GROUNDS[ban.ground].title}
        if advert is not None:
            known["held"] = filing.Held(
                number=advert.number,
                institution=advert.institution_id,
                status=advert.status_on(on),
                term_to=advert.term_to,
            )
        return known

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The licence as it stands."""
        licence = licences.licence_on(case.subject_id, on)
        return () if licence is None else (licence,)

    def after(self, cases: Sequence[Case]) -> None:
        """The public list says what the register says now."""
        with acting_as_system("公示医疗广告"):
            changed = AdvertApproval.objects.current().filter(opened__in=[case.change_id for case in cases])
            subjects = set(changed.values_list("subject_id", flat=True))
        publishing.refresh(subjects)
