"""对账: whether both sides hold the same, as far as serials, counts and digests can tell.

A gap in the partner's serials is a package that was lost; a package of ours without a receipt was perhaps never opened.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from yizheng.exchange.kinds import RECEIPT
from yizheng.exchange.models import Direction, Package, PackageState, Partner
from yizheng.people.models import Account

ANSWER_WITHIN = timedelta(days=10)
MOST_GAPS = 50


@dataclass(frozen=True, slots=True)
class Balance:
    """How it stands with one partner."""

    partner: Partner
    sent: int
    received: int
    last: datetime | None
    missing: tuple[int, ...]
    """Serials of theirs that never came, at most fifty."""
    unanswered_by_them: tuple[int, ...]
    """Serials of ours without a receipt after ten days."""
    unanswered_by_us: tuple[int, ...]
    differing: tuple[int, ...]

    @property
    def agrees(self) -> bool:
        """Whether nothing is open on either side."""
        return not (self.missing or self.unanswered_by_them or self.unanswered_by_us or self.differing)


def reconcile(account: Account, now: datetime | None = None) -> list[Balance]:
    """How it stands with every partner of the authorities the account works for; two queries whatever their number."""
    moment = now or timezone.now()
    packages = Package.objects.visible_to(account).select_related("partner").order_by("partner__code", "serial")
    by_partner: dict[Partner, list[Package]] = {}
    for package in packages.defer("reason"):
        by_partner.setdefault(package.partner, []).append(package)
    return [_balance(partner, held, moment) for partner, held in by_partner.items()]


def _balance(partner: Partner, packages: list[Package], moment: datetime) -> Balance:
    received = [each for each in packages if each.direction == Direction.IN]
    sent = [each for each in packages if each.direction == Direction.OUT and each.kind != RECEIPT]
    serials = {each.serial for each in received}
    missing = sorted(set(range(1, max(serials, default=0) + 1)) - serials)
    overdue = moment - ANSWER_WITHIN
    return Balance(
        partner=partner,
        sent=len(sent),
        received=sum(each.kind != RECEIPT for each in received),
        last=max((each.entered_at for each in packages), default=None),
        missing=tuple(missing[:MOST_GAPS]),
        unanswered_by_them=_serials(sent, PackageState.READY, overdue),
        unanswered_by_us=_serials(received, PackageState.STAGED, overdue),
        differing=tuple(each.serial for each in sent if each.state == PackageState.DIFFERS),
    )


def _serials(packages: list[Package], state: PackageState, before: datetime) -> tuple[int, ...]:
    return tuple(each.serial for each in packages if each.state == state and each.entered_at <= before)
