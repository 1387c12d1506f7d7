"""What permits have in common: a status and a last day, after which they read as run out before the clock has recorded it."""

from __future__ import annotations

from datetime import date

from yizheng.kernel.codes import name_of, table

VALID = "VALID"
EXPIRED = "EXPIRED"
ENDED = "ENDED"
REVOKED = "REVOKED"

PERMIT_SAYS = "{status}　{institution}　有效期至 {valid_until}"
"""What a permit says: how it stands, where, until when."""


class Permit:
    """A fact with `status` and `valid_until`."""

    status: str
    valid_until: date | None

    def state_on(self, day: date) -> str:
        """The state word on a day."""
        over = self.valid_until is not None and self.valid_until < day
        return name_of("permit_status", EXPIRED if self.status == VALID and over else self.status)

    def allows_practice(self, on: date) -> bool:
        """Whether one may practise under it on a day, recorded expiry or not."""
        in_time = self.valid_until is None or on <= self.valid_until
        return table("permit_status")[self.status].flag("may_practise") and in_time
