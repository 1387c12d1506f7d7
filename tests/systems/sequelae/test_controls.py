"""Healthy controls: taken in without names, those who had SARS left out, compared by the statistician alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import sign_in
from tests.systems.sequelae.conftest import Office
from yizheng.people.kinds import Role
from yizheng.people.scope import acting_as
from yizheng.systems.sequelae.controls.taking import controls_of
from yizheng.systems.sequelae.models import Attendance, ControlFile

pytestmark = pytest.mark.django_db
ROWS = (
    "性别,年龄,职业,非典病史,收缩压,空腹血糖(mg/dL)\n"
    "男,50,医务,无,120,90\n女,51,其他,有,118,92\n女,,其他,无,118,92\n女,52,其他,无,9999,92\n"
)


def sent(client: Client, office: Office, text: str) -> str:
    file = SimpleUploadedFile("对照.csv", text.encode())
    answer = client.post(
        "/sequelae/controls/take/", {"source": "center", "round": str(office.now.year), "file": file}, follow=True
    )
    return answer.content.decode()


def test_who_had_sars_or_cannot_be_matched_is_left_out(client: Client, office: Office) -> None:
    keeper, statistician = office.staff[Role.COHORT_KEEPER], office.staff[Role.COHORT_STATISTICIAN]
    sign_in(client, keeper)
    assert "已接收 1 名对照，3 行未收" in sent(client, office, ROWS)
    assert "已经接收过" in sent(client, office, ROWS)
    with acting_as(statistician):
        (only,) = controls_of(statistician, office.now.year)
    assert (only["sex"], only["age"], only["health_worker"]) == ("male", 50, True)
    assert only["values"]["glu"] == pytest.approx(90 / 18.02)


@pytest.mark.parametrize("heading", ["姓名", "身份证号", "登记号", "出生日期"])
def test_a_file_that_names_anybody_is_refused(client: Client, office: Office, heading: str) -> None:
    sign_in(client, office.staff[Role.COHORT_KEEPER])
    assert f"不得含“{'证件号码' if heading == '身份证号' else heading}”列" in sent(
        client, office, f"{heading},性别,年龄,收缩压\nx,男,50,120\n"
    )
    with acting_as(office.staff[Role.COHORT_KEEPER]):
        assert not ControlFile.objects.exists()


def test_without_controls_nothing_is_matched_and_a_physician_takes_none_in(client: Client, office: Office) -> None:
    with acting_as(office.staff[Role.COHORT_ADMIN]):
        Attendance.objects.create(round=office.now, person=office.people[0], came="attended")
    sign_in(client, office.staff[Role.COHORT_STATISTICIAN])
    answer = client.post("/sequelae/analyses/run/", {"asked": "matched:all", "until": str(office.now.year)})
    assert "还没有健康对照" in answer.content.decode()
    assert client.get("/sequelae/controls/").status_code == 200
    sign_in(client, office.staff[Role.ORTHOPAEDIST])
    assert client.get("/sequelae/controls/").status_code == 403
    assert client.post("/sequelae/controls/take/").status_code == 403
