"""Questionnaires: scored or said to be incomplete, answers for the psychologist alone, and an alert that reaches her at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from tests.systems.sequelae.conftest import Office
from yizheng.kernel.calendar import BEIJING
from yizheng.people.kinds import Role
from yizheng.people.models import Account, AuditEntry
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.sequelae import psqi
from yizheng.systems.sequelae.models import Alert, ScaleAnswers, ScaleTest
from yizheng.systems.sequelae.questionnaires import taking
from yizheng.systems.sequelae.questionnaires.scoring import SCALES, items, outcome
from yizheng.systems.sequelae.questionnaires.taking import Refused
from yizheng.work.models import Notice

CALM = [0] * 9


@pytest.fixture
def psychologist(office: Office) -> Account:
    return office.staff[Role.PSYCHOLOGIST]


def take(office: Office, who: Account, answers: Sequence[int | None], scale: str = "PHQ-9") -> ScaleTest:
    with acting_as(who):
        return taking.take(who, office.people[0], office.now, scale, "通用", answers, timezone.localdate())[0]


@pytest.mark.parametrize(
    ("scale", "version", "answers", "complete", "words", "alert"),
    [
        ("PHQ-9", "通用", [1] * 4 + [0] * 5, True, "无", False),
        ("PHQ-9", "通用", [1] * 5 + [0] * 4, True, "轻度", False),
        ("PHQ-9", "通用", [0] * 8 + [1], True, "无", True),
        ("PHQ-9", "通用", [None] + [0] * 7 + [1], False, "有漏答，不计分", True),
        ("SCL-90", "1-5", [1] * 90, True, "筛查阴性", False),
        ("SCL-90", "0-4", [0] * 90, True, "筛查阴性", False),
        ("SCL-90", "0-4", [0] * 14 + [1] + [0] * 75, True, "筛查阴性", True),
        ("SAS", "通用", [2] * 20, True, "轻度", False),
        ("HADS", "通用", [1] * 14, True, "焦虑正常，抑郁正常", False),
        ("HADS", "通用", [2, 1] * 7, True, "焦虑肯定，抑郁正常", False),
        ("HADS", "通用", [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1], True, "焦虑可疑，抑郁正常", False),
        ("PSQI", "通用", [2230, 15, 630, 440, *[0] * 14], True, "睡眠质量尚可", False),
        ("PSQI", "通用", [2300, 16, 600, 360, *[1] * 14], True, "睡眠质量尚可（原版以高于 5 分为差）", False),
        ("PSQI", "通用", [2300, 61, 600, 300, *[1] * 14], True, "睡眠质量差", False),
        ("PSQI", "通用", [2360, 16, 600, 360, *[1] * 14], False, "就寝、起床时刻不成立，不计分", False),
        ("PSQI", "通用", [None, 16, 600, 360, *[1] * 14], False, "有漏答，不计分", False),
    ],
)
def test_what_a_questionnaire_comes_to(
    scale: str, version: str, answers: list[int | None], complete: bool, words: str, alert: bool
) -> None:
    found = outcome(scale, version, answers)
    assert (found.complete, found.words, found.alert) == (complete, words, alert)


def test_a_scale_of_nought_to_four_is_brought_to_the_norm() -> None:
    assert outcome("SCL-90", "0-4", [0] * 90).figures == outcome("SCL-90", "1-5", [1] * 90).figures


def test_every_scale_has_its_items() -> None:
    assert {scale: len(items(scale)) for scale in SCALES} == {
        "PHQ-9": 9, "GAD-7": 7, "SCL-90": 90, "PCL-5": 20, "IES-R": 22, "SAS": 20, "SDS": 20, "SF-36": 36, "HADS": 14, "PSQI": 18,
    }  # fmt: skip


def test_an_alert_is_due_in_the_evening_and_never_sooner_than_in_two_hours() -> None:
    for hour, due in ((9, "20:00"), (18, "20:00"), (19, "21:00"), (23, "01:00")):
        now = datetime(2026, 11, 30, hour, tzinfo=BEIJING)
        assert f"{taking.due_from(now).astimezone(BEIJING):%H:%M}" == due


@pytest.mark.django_db
def test_an_answer_about_self_harm_reaches_the_named_psychologist_at_once(
    office: Office, psychologist: Account
) -> None:
    take(office, psychologist, CALM)
    assert not Notice.objects.filter(account=psychologist).exists()
    take(office, psychologist, [0] * 8 + [2])
    (told,) = Notice.objects.filter(account=psychologist, kind=taking.KIND)
    assert office.people[0].code in told.title
    assert "王芳" not in told.title + told.body
    with acting_as(psychologist):
        assert Alert.objects.get().named_id == psychologist.pk


@pytest.mark.django_db
def test_an_alert_nobody_ends_is_told_to_all_once(office: Office, psychologist: Account) -> None:
    take(office, psychologist, [0] * 8 + [1])
    with acting_as(psychologist):
        due = Alert.objects.get().due
    with acting_as_system("test"):
        assert taking.escalate() == 0
        assert taking.escalate_at(due - timedelta(seconds=1)) == 0
        assert (taking.escalate_at(due), taking.escalate_at(due)) == (1, 0)
    assert Notice.objects.filter(role=Role.PSYCHOLOGIST, kind=taking.KIND).count() == 1


@pytest.mark.django_db
def test_an_alert_is_ended_once_with_what_was_done(office: Office, psychologist: Account) -> None:
    other = office.another(Role.PSYCHOLOGIST)
    take(office, psychologist, [0] * 8 + [1])
    with acting_as(other):
        pk = Alert.objects.get().pk
        with pytest.raises(Refused, match="写明"):
            taking.close(other, pk, " ")
        taking.close(other, pk, "14 时电话联系，情绪平稳，约明日门诊")
    with acting_as(psychologist), pytest.raises(Refused, match="已经处置"):
        taking.close(psychologist, pk, "又联系一次")


@pytest.mark.django_db
def test_answers_are_the_psychologists_alone_and_every_reading_is_recorded(
    client: Client, office: Office, psychologist: Account
) -> None:
    test = take(office, psychologist, [0] * 8 + [1])
    for role, account in office.staff.items():
        with acting_as(account):
            assert ScaleAnswers.objects.exists() is (role == Role.PSYCHOLOGIST)
            assert ScaleTest.objects.exists() is (role in (Role.PSYCHOLOGIST, Role.COHORT_STATISTICIAN))
        sign_in(client, account)
        answer = client.get(f"{office.people[0].get_absolute_url()}tests/{test.pk}/")
        assert answer.status_code == (200 if role == Role.PSYCHOLOGIST else 403)
    assert AuditEntry.objects.filter(verb="sequelae.answers").count() == 1


@pytest.mark.django_db
def test_the_pages_take_a_questionnaire_down_and_end_the_alert(
    client: Client, office: Office, psychologist: Account
) -> None:
    sign_in(client, psychologist)
    address = f"{office.people[0].get_absolute_url()}tests/?scale=PHQ-9"
    sent = {"version": "通用", "on": f"{timezone.localdate()}", **{f"a{item}": "0" for item in items("PHQ-9")}}
    assert "应为 0～3" in client.post(address, {**sent, "a3": "4"}).content.decode()
    assert client.post(address, {**sent, "a9": "3"}).status_code == 302
    with acting_as(psychologist):
        alert = Alert.objects.get()
    page = client.get(alert.get_absolute_url()).content.decode()
    assert "19900000001" in page
    assert "涉及自伤" in page
    assert client.post(alert.get_absolute_url(), {"said": "已电话联系本人"}).status_code == 302
    assert "已处置" in client.get("/sequelae/alerts/").content.decode()


def test_the_components_of_sleep_change_at_their_limits() -> None:
    still = dict.fromkeys(psqi.ITEMS, 0) | {"1": 2200, "2": 0, "3": 600, "4": 480}

    def found(**answers: int) -> list[int]:
        return list(
            (psqi.components(still | {name.lstrip("q"): value for name, value in answers.items()}) or {}).values()
        )

    assert [found(q2=minutes)[1] for minutes in (15, 16, 30, 31, 60, 61)] == [0, 1, 1, 1, 1, 2]
    assert [found(q4=minutes, q1=2300)[2] for minutes in (421, 420, 360, 359, 300, 299)] == [0, 1, 1, 2, 2, 3]
    assert [found(q4=minutes)[3] for minutes in (408, 407, 360, 359, 312, 311)] == [0, 1, 1, 2, 2, 3]
    assert [found(q5b=3, q5c=3, q5d=3, q5e=last)[4] for last in (0, 1)] == [1, 2]
    assert [found(q8=one, q9=other)[6] for one, other in ((0, 0), (1, 1), (2, 1), (3, 2))] == [0, 1, 2, 3]
    assert psqi.components(still | {"1": 600}) is None
