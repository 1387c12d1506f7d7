"""An authority begins an act about a doctor on the page of all acts: who may, what it refuses, what it opens."""

from datetime import date
from typing import ClassVar

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Place, sign_in
from tests.matrix import AccessMatrix
from tests.systems.doctors.people_of_pages import Made, license_house, make_doctor
from tests.systems.doctors.test_penalties import penalty
from yizheng.kernel.identifiers import make_resident_id
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.accounts import signup
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system


@pytest.fixture
def made(institution: Place, haidian: Scope, decider: Account) -> Made:
    license_house(institution, haidian)
    return make_doctor("林知夏", institution, haidian, by=decider)


def posted(subject: int, **values: str) -> dict[str, str]:
    typed = {f"penalty-{name}": str(value) for name, value in penalty(**values).items()}
    about = {"subject": str(subject), "item": "doctor_penalty_record"}
    return {**about, **typed, "evidence": "见处罚决定书。"}


class TestBeginning(AccessMatrix):
    readers = ("reviewer", "city_clerk")
    writers = ("reviewer",)
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 404, 405})

    @pytest.fixture
    def address(self, made: Made) -> str:
        self.made = made
        return f"/desk/initiate/?subject={made.subject.pk}&item=doctor_penalty_record"

    def body(self) -> dict[str, str]:
        return posted(self.made.subject.pk)

    def state(self) -> int:
        return Case.objects.count()


@pytest.mark.django_db
def test_the_page_of_a_doctor_leads_to_every_act_with_her_already_chosen(
    client: Client, made: Made, reviewer: Account
) -> None:
    sign_in(client, reviewer)
    address = f"/desk/initiate/?subject={made.subject.pk}"
    assert f'href="{address}"' in client.get(f"/doctors/{made.subject.pk}/").content.decode()
    page = client.get(address).content.decode()
    assert "item=doctor_deregistration_on_record" in page
    assert "在册，没有暂停执业，不需要恢复执业" in page
    assert "item=doctor_suspension_end" not in page


@pytest.mark.django_db
def test_an_end_that_rests_on_a_document_is_begun_here(
    client: Client, made: Made, reviewer: Account, haidian: Scope
) -> None:
    day = timezone.localdate().isoformat()
    ground = {
        "cause": "D01", "event_on": day, "authority_name": "海淀区人民法院", "document_number": "（示范）1 号", "served_on": "",
    }  # fmt: skip
    sent = {f"ground-{name}": value for name, value in ground.items()}
    about = {"subject": str(made.subject.pk), "item": "doctor_deregistration_on_record"}
    answer = sign_in(client, reviewer).post("/desk/initiate/", {**about, **sent, "evidence": "死亡证明。"})
    with acting_as_system("test"):
        case = Case.objects.get()
    assert answer["Location"] == f"/desk/cases/{case.number}/"
    assert (case.state, case.authority_scope) == ("deciding", haidian.pk)


@pytest.mark.django_db
def test_what_the_law_does_not_allow_is_told_at_once(client: Client, made: Made, reviewer: Account) -> None:
    page = sign_in(client, reviewer).post(
        "/desk/initiate/",
        posted(made.subject.pk, kind="warning_fine", amount="500", suspended_from="", suspended_to=""),
    )
    assert page.status_code == 422
    assert "罚款低于法定最低数额10000元" in page.content.decode()
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_a_ban_is_entered_of_somebody_the_register_does_not_know(
    client: Client, city: Scope, haidian: Scope, reviewer: Account, other_district_clerk: Account
) -> None:
    vault.prepare()
    number = make_resident_id("110108", date(1970, 5, 4), 21)
    sent = {"stranger": "1", "name": "甄不识", "document": "resident_id", "number": number}
    sign_in(client, reviewer)
    assert client.post("/desk/initiate/", {**sent, "number": number[:-1]}).status_code == 422
    answer = client.post("/desk/initiate/", sent)
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "item=doctor_penalty_record" in page
    assert "item=doctor_refusal_ground_record" in page
    assert client.post("/desk/initiate/", sent)["Location"] == answer["Location"]
    assert "不叫这个姓名" in client.post("/desk/initiate/", {**sent, "name": "甄相识"}).content.decode()
    other = sign_in(Client(), other_district_clerk)
    assert "由保存其登记的机关办理" in other.post("/desk/initiate/", sent).content.decode()
    registered = signup.register("甄不识", IdentifierKind.RESIDENT_ID, number, "13900000077", "Plum-orchard-77")
    assert str(registered.subject_id) == answer["Location"].rpartition("=")[2]


@pytest.mark.django_db
def test_an_item_of_applicants_is_not_begun_here(client: Client, made: Made, reviewer: Account) -> None:
    address = f"/desk/initiate/?subject={made.subject.pk}&item=doctor_info_change"
    assert sign_in(client, reviewer).get(address).status_code == 404
