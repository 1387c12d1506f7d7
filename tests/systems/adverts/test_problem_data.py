"""问题数据 of adverts: corrected by two persons, printed and shown anew, told to the partners once more."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from tests.systems.adverts.test_ending import advert
from tests.systems.adverts.test_told_to_others import decided, partners, represented
from yizheng.documents import sealing
from yizheng.documents.models import Certificate, Status
from yizheng.exchange.channels.outbox import opened
from yizheng.exchange.models import Message
from yizheng.licensing.models import ProblemSource
from yizheng.licensing.problem_data import orders
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.registers import Register
from yizheng.systems.adverts.models import PublicAdvert
from yizheng.systems.adverts.register import ADVERTS
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.register import INSTITUTIONS
from yizheng.work import approval

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
__all__ = ["partners"]


def corrected(desk: Any, register: Register, version: Fact, **values: Any) -> None:
    """A reviewing person proposes, a deciding one approves."""
    with acting_as_system("test"):
        problem = orders.report(
            register, version.subject_id, "样例", version.authority_scope, "与批准的不一致", source=ProblemSource.SELF,
            found_by=desk.reviewer.display_name, account=desk.reviewer,
        )  # fmt: skip
    with acting_as(desk.reviewer):
        made = orders.propose_correction(desk.reviewer, problem, version, values, "typing", "核对批准文件")
    with acting_as(desk.decider):
        approval.approve(made.pk, desk.decider)


def told(channel: str, number: str) -> list[Any]:
    return opened(list(Message.objects.filter(channel=channel, key=number).order_by("version")))


def test_an_advert_is_corrected_printed_shown_and_told_anew(
    partners: None, hospital: Any, city_desk: Any, client: Client
) -> None:
    represented(hospital)
    number = decided(hospital, city_desk)
    page = sign_in(client, city_desk.reviewer).get(f"/adverts/{advert().subject_id}/").content.decode()
    assert "登记有误" in page
    corrected(city_desk, ADVERTS, advert(), first_name="北京澄怀眼耳医院", hours="周一至周六 8:00-17:00")
    with acting_as_system("test"):
        certificate = Certificate.objects.all().get(kind="advert_review", status=Status.VALID)
    fields, _ = sealing.unseal(certificate)
    assert (certificate.version, certificate.number, fields["name"]) == (2, number, "北京澄怀眼耳医院")
    assert PublicAdvert.objects.get().institution == "北京澄怀眼耳医院"
    assert [each["institution"] for each in told("market_regulator", number)] == [
        "北京澄怀眼科医院",
        "北京澄怀眼耳医院",
    ]
    assert ["眼耳" in each["XK_NR"] for each in told("credit", number)] == [False, True]
    (first, second) = told("credit", number)
    assert first["XK_JDRQ"] == second["XK_JDRQ"], "the decision is of the same day"


def test_a_correction_of_the_institution_is_told_again_under_the_key_of_its_decisions(
    partners: None, hospital: Any, city_desk: Any, haidian_desk: Any
) -> None:
    represented(hospital)
    number = decided(hospital, city_desk)
    with acting_as_system("test"):
        licence = InstitutionLicence.objects.as_of(TODAY).get(subject_id=hospital.subject.pk)
    corrected(haidian_desk, INSTITUTIONS, licence, name="北京澄怀眼科医院有限公司")
    assert [each["XK_XDR_MC"] for each in told("credit", number)] == ["北京澄怀眼科医院", "北京澄怀眼科医院有限公司"]
