"""Promising a shorter period than the law's: an authority binds itself, for one item, from a day to come.

《中华人民共和国行政许可法》第四十二条 sets the longest period; an authority may promise a shorter one and is then held to it.
A promise counts for cases submitted from its day on; those on their way keep theirs.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing import catalogue
from yizheng.licensing.item import Item, Shape
from yizheng.licensing.models import Promise
from yizheng.licensing.rule_settings.two_persons import Refused
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import allowed


def promisable(on: date) -> list[Item]:
    """The items an authority decides within a statutory period, as in force on ``on``."""
    return [item for item in catalogue.items(on) if item.shape is Shape.LICENCE and hasattr(item, "statutory")]


def make(
    account: Account, item_code: str, scope_id: int, days: int, valid_from: date, today: date | None = None
) -> Promise:
    """Promise ``days`` working days for the item at the authority from ``valid_from`` on; raises ``Refused``."""
    if not allowed(account, Role.DECIDER, scope_id):
        raise Refused("承诺时限由该机关的决定人员作出", "authority")
    item = next((each for each in promisable(valid_from) if each.code == item_code), None)
    if item is None:
        raise Refused(f"{long_date(valid_from)}没有这一有法定时限的许可事项", "item")
    _check(item, scope_id, days, valid_from, today or timezone.localdate())
    try:
        with transaction.atomic():
            made = Promise.objects.create(
                item_code=item_code, authority_scope=scope_id, days=days, valid_from=valid_from
            )
            detail = {"item": item_code, "scope": scope_id, "days": days, "from": valid_from.isoformat()}
            audit.record(account, "promise.make", f"promise:{made.pk}", detail)
    except IntegrityError:
        raise Refused(f"已有自{long_date(valid_from)}起的承诺，请换一天", "valid_from") from None
    return made


def _check(item: Item, scope_id: int, days: int, valid_from: date, today: date) -> None:
    statutory = item.statutory
    if not 1 <= days <= statutory.days:
        raise Refused(
            f"承诺时限应在 1 至 {statutory.days} 个工作日之间，不能超过法定时限（{statutory.article}）", "days"
        )
    if valid_from <= today:
        raise Refused(f"承诺自明天起才能生效：今天（{long_date(today)}）收到的办件已按原时限告知申请人", "valid_from")
    last = Promise.objects.filter(item_code=item.code, authority_scope=scope_id).order_by("-valid_from").first()
    if last is not None and valid_from <= last.valid_from:
        raise Refused(
            f"已有自{long_date(last.valid_from)}起 {last.days} 个工作日的承诺，"
            f"新的承诺须自{long_date(last.valid_from)}之后起",
            "valid_from",
        )
    if days == (last.days if last else statutory.days):
        raise Refused(f"与现在的时限相同（{days} 个工作日），不用改", "days")
