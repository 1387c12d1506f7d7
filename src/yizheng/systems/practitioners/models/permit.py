"""What permits have in common: a status and a last day, after which they read as run out before the clock has recorded it."""

from collections.abc import Iterable
from datetime import date

from yizheng.disclosure.standings import Words
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of, table
from yizheng.people.visible_facts import VisibleState
from yizheng.registry.models import Fact

VALID = "VALID"
SUSPENDED = "SUSPENDED"
EXPIRED = "EXPIRED"
ENDED = "ENDED"
REVOKED = "REVOKED"

PERMIT_SAYS = "{status}　{institution}　有效期至 {valid_until}"
"""What a permit says: how it stands, where, until when."""


class Permit(VisibleState):
    """A state with a certificate's number, a status and a last day."""

    certificate_number: str
    status: str
    valid_until: date | None

    class Meta:
        abstract = True

    @property
    def practises(self) -> str:
        """What somebody is registered as who practises by it and not by a registration; empty where nobody does."""
        return ""

    def state_on(self, day: date) -> str:
        """The state word on a day."""
        over = self.valid_until is not None and self.valid_until < day
        return name_of("permit_status", EXPIRED if self.status == VALID and over else self.status)

    def allows_practice(self, on: date) -> bool:
        """Whether one may practise under it on a day, recorded expiry or not."""
        in_time = self.valid_until is None or on <= self.valid_until
        return table("permit_status")[self.status].flag("may_practise") and in_time


def standing_by(now: Iterable[Fact], on: date) -> Words | None:
    """How somebody stands who practises by a permit and not by a registration; nothing where no permit is in force."""
    for fact in now:
        if isinstance(fact, Permit) and fact.practises and fact.valid_until and fact.allows_practice(on):
            until = f"有效期至{long_date(fact.valid_until)}。"
            return Words("在册", f"（{fact.practises}）", "可以在许可的机构执业", until, may_practise=True)
    return None
