"""A round is opened with everybody who is followed invited; who came and why others did not is written down person by person."""

from datetime import date

from django.db import IntegrityError, transaction

from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.registry.writer.rows import insert_many
from yizheng.systems.sequelae.models import Attendance, Person, Round
from yizheng.systems.sequelae.models.people import Standing
from yizheng.systems.sequelae.models.rounds import Came, Reason


class Refused(Exception):
    """What cannot be written down; the words are for who manages the round."""


def open_round(account: Account, year: int, starts: date, ends: date, organiser: str) -> Round:
    """Open a round and invite everybody who is followed. Raises Refused."""
    _may(account)
    if ends < starts or starts.year != year:
        raise Refused("开始日期应在该年度内，结束日期不早于开始日期")
    if not organiser.strip():
        raise Refused("请写明组织单位")
    try:
        with transaction.atomic():
            made = Round.objects.create(year=year, organiser=organiser.strip()[:60], starts=starts, ends=ends)
            followed = Person.objects.visible_to(account).filter(standing=Standing.FOLLOWED)
            insert_many(Attendance(round=made, person=each) for each in followed)
            audit.record(account, "sequelae.attend", f"sequelae_round:{made.pk}", {"year": year})
    except IntegrityError:
        raise Refused(f"{year} 年度已经建立") from None
    return made


def mark(account: Account, of: Round, code: str, came: str, reason: str) -> None:
    """Write down whether somebody came; who did not come has a reason. Raises Refused."""
    _may(account)
    if came not in Came.values or (came == Came.ABSENT and reason not in Reason.values):
        raise Refused("未参检的请选择原因")
    rows = Attendance.objects.visible_to(account).filter(round=of, person__code__iexact=code.strip())
    kept = reason if came == Came.ABSENT else ""
    if not rows.update(came=came, reason=kept):
        raise Refused("这个登记号不在本年度邀请名单中")
    audit.record(account, "sequelae.attend", f"sequelae_round:{of.pk}", {"came": came})


def may(account: Account) -> bool:
    """Whether the account manages rounds."""
    return Role.COHORT_ADMIN in roles_of(account)


def _may(account: Account) -> None:
    if not may(account):
        raise Refused("年度轮次由随访管理人员办理")
