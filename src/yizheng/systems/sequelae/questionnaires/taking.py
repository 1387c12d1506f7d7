"""Taking a questionnaire down: scored, the answers laid apart, and an alert raised in the same transaction.

An alert names one person: the psychologist who is on duty for it (the first who holds the role), who is told at once and must end it
the same day; when the time has passed the others are told as well.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from yizheng.kernel.calendar import BEIJING
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Grant
from yizheng.people.permissions import roles_of
from yizheng.people.scope import acting_for_organisations
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.models import Alert, Person, Round, ScaleAnswers, ScaleTest
from yizheng.systems.sequelae.office import CODE, office
from yizheng.systems.sequelae.persons.locking import alone
from yizheng.systems.sequelae.questionnaires.scoring import Outcome, outcome
from yizheng.work import inbox
from yizheng.work.schedules import schedule

LEAST = timedelta(hours=2)
"""However late it is, so much time is left before others are told."""
DAY_ENDS = time(20)
KIND = "sequelae.alert"


class Refused(Exception):
    """What cannot be taken down or ended; the words are for the psychologist."""


def take(
    account: Account, person: Person, of: Round, scale: str, version: str, answers: Sequence[int | None], on: date
) -> tuple[ScaleTest, Outcome]:
    """Take a questionnaire down, in place of one of the same scale and round. Raises Refused."""
    if Role.PSYCHOLOGIST not in roles_of(account):
        raise Refused("心理测试由心理评估人员录入")
    if on > timezone.localdate():
        raise Refused("测试日期还没有到，请核对")
    found = outcome(scale, version, answers)
    content = {"figures": dict(found.figures), "words": found.words}
    try:
        with transaction.atomic():
            alone(person)
            ScaleTest.objects.filter(person=person, round=of, scale=scale, replaced=False).update(replaced=True)
            scores, sealed = sealing.seal([(person.subject_id, content), (person.subject_id, list(answers))])
            test = ScaleTest.objects.create(
                person=person, round=of, scale=scale, version=version, on=on, complete=found.complete, sealed=scores, account=account
            )  # fmt: skip
            ScaleAnswers.objects.create(test=test, sealed=sealed)
            audit.record(account, "sequelae.test", f"sequelae_person:{person.pk}", {"scale": scale})
            if found.alert:
                _raise_alert(account, test)
    except IntegrityError:
        raise Refused("同一份量表刚刚由另一人录入，请刷新页面") from None
    return test, found


def due_from(now: datetime) -> datetime:
    """By when an alert is to be ended: the evening of the same day, and never sooner than in two hours."""
    local = now.astimezone(BEIJING)
    return max(datetime.combine(local.date(), DAY_ENDS, BEIJING), local + LEAST)


def on_duty() -> list[Account]:
    """The psychologists of the office; the first of them is named in an alert."""
    held = Grant.objects.filter(role=Role.PSYCHOLOGIST, scope__code=CODE, revoked_at=None, account__is_active=True)
    return [each.account for each in held.select_related("account").order_by("id")]


def _raise_alert(account: Account, test: ScaleTest) -> Alert:
    named = on_duty()[0]
    alert = Alert.objects.create(test=test, person=test.person, named=named, due=due_from(timezone.now()))
    inbox.send(
        title=f"自伤提醒 {test.person.code}，请今日处置",
        kind=KIND,
        to=named,
        body="打开提醒查看答案，当日联系本人。",
        link=alert.get_absolute_url(),
    )
    audit.record(account, "sequelae.alert", f"sequelae_alert:{alert.pk}", {"named": named.pk})
    return alert


def close(account: Account, pk: int, said: str) -> None:
    """End an alert with what was done. Raises Refused."""
    if not said.strip():
        raise Refused("请写明联系的时间、方式、本人情况和后续安排")
    with transaction.atomic():
        alert = Alert.objects.visible_to(account).select_related("person").get(pk=pk)
        sealed = sealing.seal([(alert.person.subject_id, said.strip())])[0]
        open_one = Alert.objects.filter(pk=pk, closed=None)
        if not open_one.update(closed=timezone.now(), closer=account, sealed=sealed):
            raise Refused("另一人已经处置这条提醒")
        audit.record(account, "sequelae.alert_closed", f"sequelae_alert:{pk}")


def answers_of(account: Account, test: ScaleTest) -> list[int | None]:
    """The answers item by item; that the account read them is recorded."""
    row = ScaleAnswers.objects.visible_to(account).filter(test=test).first()
    if row is None:
        return []
    audit.record(account, "sequelae.answers", f"sequelae_person:{test.person_id}", {"scale": test.scale})
    answers: list[int | None] = sealing.opened([(test.person.subject_id, row.sealed)])[0]
    return answers


@schedule("* * * * *", "sequelae.escalate", title="自伤提醒升级")
def escalate() -> int:
    """Tell all psychologists of alerts that nobody ended in time; how many."""
    return escalate_at(timezone.now())


def escalate_at(now: datetime) -> int:
    """As ``escalate`` at a moment."""
    with acting_for_organisations("自伤提醒升级"):
        overdue = list(Alert.objects.filter(closed=None, escalated=None, due__lte=now).select_related("person"))
        for alert in overdue:
            if Alert.objects.filter(pk=alert.pk, escalated=None).update(escalated=now):
                _tell_all(alert)
    return len(overdue)


def _tell_all(alert: Alert) -> None:
    told: dict[str, Any] = {"kind": KIND, "link": alert.get_absolute_url()}
    inbox.send(
        title=f"自伤提醒 {alert.person.code} 超过时限仍未处置", role=Role.PSYCHOLOGIST, scope=office(), body="请任何一位立即处置。", **told
    )  # fmt: skip
