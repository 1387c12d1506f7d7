"""What leaves the team: by two persons, under aliases, without who withdrew her consent."""

import zipfile
from io import BytesIO

import pytest
from django.test import Client

from tests.cast import sign_in
from tests.systems.sequelae.conftest import NUMBERS, Office
from tests.systems.sequelae.test_images import DAY, files, of
from yizheng.kernel.chinese_dates import parse_date
from yizheng.people.kinds import Role
from yizheng.people.scope import acting_as
from yizheng.systems.sequelae.consents import keeping as consents
from yizheng.systems.sequelae.exports import asking, making
from yizheng.systems.sequelae.images import deciding, taking
from yizheng.systems.sequelae.images.taking import Origin
from yizheng.systems.sequelae.models import Attendance, Consent, Export, Study
from yizheng.systems.sequelae.models.images import Way
from yizheng.systems.sequelae.pages import rounds
from yizheng.work import approval
from yizheng.work.models import Approval

pytestmark = pytest.mark.django_db
WHY = "交课题组汇总，接收方市疾控"


def test_data_leave_under_aliases_when_a_second_person_agreed(client: Client, office: Office) -> None:
    statistician, admin = office.staff[Role.COHORT_STATISTICIAN], office.staff[Role.COHORT_ADMIN]
    for person in office.people:
        office.examined(person, office.now, glu=5.5)
    with acting_as(admin):
        consents.give(admin, office.people[2], "2021", DAY)
        consents.withdraw(admin, office.people[2], "来电撤回全部")
    sign_in(client, statistician)
    assert client.post("/sequelae/exports/ask/", {"what": "data", "reason": WHY}).status_code == 302
    assert client.post("/sequelae/exports/ask/", {"what": "images", "reason": WHY}).status_code == 422
    with acting_as(statistician):
        (row,) = Export.objects.all()
        with pytest.raises(asking.Refused, match="还没有批准"):
            making.take(statistician, row)
        with pytest.raises(approval.ApprovalRefused):
            approval.approve(Approval.objects.get().pk, statistician)
    with acting_as(admin):
        approval.approve(Approval.objects.get().pk, admin)
    answer = client.post(f"/sequelae/exports/{row.pk}/take/")
    text = answer.content.decode()
    assert text.count("\n") == 3
    assert "5.5" in text
    assert not any(secret in text for secret in ("王芳", "T001", NUMBERS[0], "19900000001"))
    with acting_as(statistician):
        assert Export.objects.get().digest
    sign_in(client, office.staff[Role.PSYCHOLOGIST])
    assert client.get("/sequelae/exports/").status_code == 403


def test_images_leave_only_after_somebody_looked_at_their_pixels(office: Office) -> None:
    keeper, admin = office.staff[Role.COHORT_KEEPER], office.staff[Role.COHORT_ADMIN]
    with acting_as(keeper):
        taking.take(keeper, Origin(Way.FILES, "送达"), [*files(of(1)), *files(of(1), parse_date("2010-05-06") or DAY)])
        with pytest.raises(asking.Refused, match="没有这些登记号"):
            asking.ask(keeper, "images", ["T009"], WHY)
        row = asking.ask(keeper, "images", ["t001"], WHY)
        deciding.looked(keeper, Study.objects.get(on=DAY))
    with acting_as(admin):
        approval.approve(Approval.objects.get().pk, admin)
    with acting_as(keeper):
        made = making.take(keeper, Export.objects.get(pk=row.pk))
    assert made.left_out == 1
    (name,) = zipfile.ZipFile(BytesIO(made.content)).namelist()
    assert "T001" not in name


def test_a_consent_has_its_version_and_is_withdrawn_for_what_is_new(client: Client, office: Office) -> None:
    admin, person = office.staff[Role.COHORT_ADMIN], office.people[0]
    sign_in(client, admin)
    address = f"{person.get_absolute_url()}consent/"
    client.post(address, {"verb": "give", "version": "2010", "on": "2010-09-01"})
    client.post(address, {"verb": "give", "version": "2021", "on": "2021-12-01"})
    assert "知情同意 2021" in client.get(person.get_absolute_url()).content.decode()
    client.post(address, {"verb": "withdraw", "why": ""})
    with acting_as(admin):
        assert consents.consenting(admin, office.people) == office.people
    client.post(address, {"verb": "withdraw", "why": "书面撤回"})
    assert "撤回" in client.get(person.get_absolute_url()).content.decode()
    with acting_as(admin):
        assert consents.consenting(admin, office.people) == office.people[1:]
        assert Consent.objects.count() == 2
        for version, on in (("1999", DAY), ("2021", None)):
            with pytest.raises(consents.Refused):
                consents.give(admin, person, version, on)
    sign_in(client, office.staff[Role.ORTHOPAEDIST])
    assert client.post(address).status_code == 403


def test_a_round_shows_its_people_page_by_page(client: Client, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "PAGE", 2)
    admin = office.staff[Role.COHORT_ADMIN]
    with acting_as(admin):
        for person in office.people:
            Attendance.objects.create(round=office.now, person=person, came="attended")
    sign_in(client, admin)
    first = client.get(office.now.get_absolute_url()).content.decode()
    assert ("T002" in first, "persons/T003" in first, "已参检 <b>3</b>" in first) == (True, False, True)
    assert "persons/T003" in client.get(office.now.get_absolute_url(), {"after": "T002"}).content.decode()
    assert "persons/T003" in client.get(office.now.get_absolute_url(), {"q": "t003"}).content.decode()


@pytest.mark.parametrize("code", ["sequelae_persons", "sequelae_alerts", "sequelae_rounds"])
def test_lists_of_people_stay_on_the_page(client: Client, office: Office, code: str) -> None:
    for role in (Role.COHORT_ADMIN, Role.PSYCHOLOGIST):
        sign_in(client, office.staff[role])
        assert {client.get(f"/lists/{code}/{act}/").status_code for act in ("print", "export")} <= {403, 404}
    sign_in(client, office.staff[Role.COHORT_ADMIN])
    assert f"/lists/{code}/export/" not in client.get("/sequelae/persons/").content.decode()
