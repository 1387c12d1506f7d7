"""本机构: the operator's home with its menu, the licence as rows, what is said without registration; the founder sees the licence."""

import pytest
from django.test import Client

from tests.cast import Place, new_account, sign_in
from tests.systems.doctors.people_of_pages import license_house
from tests.systems.institutions.conftest import registration
from tests.walking import Desk
from yizheng.demo.walker import Walker
from yizheng.disclosure.models import PublicInstitution
from yizheng.licensing.catalogue import items
from yizheng.licensing.models import Case
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import organisation_of
from yizheng.registry.models import Subject
from yizheng.systems.institutions.models import InstitutionContact, InstitutionLicence

pytestmark = pytest.mark.django_db


@pytest.fixture
def registered(founding: Walker, founder: Account, district_desk: Desk) -> Place:
    """An outpatient department just registered, with an operator."""
    typed = registration(institution={"category": "D110", "level": "9", "service_modes": ["1"]}, site={"beds": "0"})
    founding.walk(founding.draft(founder, "inst_register", typed))
    with acting_as_system("test"):
        licence = InstitutionLicence.objects.current().get()
    scope = organisation_of(licence.subject_id)
    assert scope is not None
    subject = Subject.objects.get(pk=licence.subject_id)
    operator = new_account(AccountKind.INSTITUTION, "清河经办", Role.INSTITUTION_OPERATOR, scope, subject)
    return Place(scope, subject, operator)


def test_the_home_offers_what_is_declared_and_shows_both_papers(client: Client, registered: Place) -> None:
    page = sign_in(client, registered.operator).get("/my/institution/")
    offered = [*page.context["possible"], *page.context["impossible"]]
    own = {
        each.code
        for each in items(page.context["licence"].valid_from)
        if each.about_itself and not each.code.startswith("advert")
    }
    assert {"inst_change", "inst_reissue", "inst_renew"} <= {each.item.code for each in offered} & own
    said = page.content.decode()
    for words in ("正本", "副本", "变更记录", "信息修改", "历史沿革", "申请信息", "吴清越", "外科（门诊）"):
        assert words in said
    assert [title for title, _, _ in page.context["due"]] == ["下次校验", "许可证有效期至"]
    ledgers = {each.title: each for each in page.context["rows"].ledgers}
    assert ledgers["变更记录"].head == ("变更事项", "日期", "登记机关")


def test_the_founder_sees_the_licence_and_a_stranger_does_not(
    client: Client, registered: Place, founder: Account, stranger: Account, district_desk: Desk
) -> None:
    address = f"/my/institutions/{registered.subject.pk}/licence/"
    signed = sign_in(client, founder)
    assert signed.get("/my/institution/")["Location"] == address
    page = signed.get(address).content.decode()
    assert "正本" in page
    assert "北京市海淀区清河路 9 号" in page
    assert {"应当申请校验", "校验期届满"} <= {
        each["clock"].removeprefix("医疗机构") for each in signed.get(address).context["coming"]
    }
    assert address in signed.get("/my/records/").content.decode()
    with acting_as_system("test"):
        number = Case.objects.get().number
    assert address in signed.get(f"/my/cases/{number}/").content.decode()
    assert sign_in(Client(), stranger).get(address).status_code == 404
    desk = sign_in(Client(), district_desk.reviewer)
    assert "正本" in desk.get(f"/institutions/{registered.subject.pk}/licence/").content.decode()


def test_what_needs_no_registration_is_changed_at_once_and_shown_to_the_public(
    client: Client, registered: Place, institution: Place, haidian: Scope
) -> None:
    sign_in(client, registered.operator)
    assert client.post("/my/institution/contact/", {"website": "qinghe"}).status_code == 422
    typed = {"phone": "010-00000000", "hours": "周一至周五 8:00—17:00", "website": "https://example.invalid"}
    assert client.post("/my/institution/contact/", typed)["Location"] == "/my/institution/"
    assert client.post("/my/institution/contact/", {**typed, "hours": "每天"}).status_code == 302
    entry = PublicInstitution.objects.get(subject=registered.subject.pk)
    assert ("开诊时间", "每天") in [(each.label, each.words) for each in entry.notes]
    with acting_as_system("test"):
        assert InstitutionContact.objects.count() == 2
    license_house(institution, haidian)
    assert "每天" not in sign_in(Client(), institution.operator).get("/my/institution/contact/").content.decode()
