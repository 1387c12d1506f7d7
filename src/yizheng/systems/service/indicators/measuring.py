"""What each indicator says of a month, from the records alone; what has no denominator says so and reaches nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from yizheng.exchange.models import Package, PackageState
from yizheng.kernel.calendar.periods import add_months
from yizheng.people.kinds import OUTSIDE
from yizheng.people.models import Account, TotpDevice
from yizheng.systems.service.clauses.surroundings import Surroundings
from yizheng.systems.service.demands import Rate, rates
from yizheng.systems.service.indicators.declared import Indicator, indicators
from yizheng.systems.service.ledger import Kept
from yizheng.systems.service.models import Inspection, Matter
from yizheng.systems.service.models.contract import EventKind
from yizheng.systems.service.orders.standing import Standing
from yizheng.systems.service.security.proofs import PROVEN, all_proofs
from yizheng.systems.service.status import availability
from yizheng.systems.service.words import DEMANDS
from yizheng.work.models import Recovery, RecoveryKind

ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Measured:
    """A value, in what it rests, and where its rows are; no value says why."""

    value: float | None
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An indicator with what was measured."""

    indicator: Indicator
    measured: Measured

    @property
    def state(self) -> str:
        """The state word."""
        if self.measured.value is None:
            return "无此项"
        return "通过" if self.indicator.reached(self.measured.value) else "待改正"

    @property
    def kept(self) -> dict[str, object]:
        """What a sheet keeps of it."""
        return {
            "code": self.indicator.code,
            "title": self.indicator.title,
            "formula": self.indicator.formula,
            "target": self.indicator.target_words,
            "value": self.measured.value,
            "unit": self.indicator.unit,
            "words": self.measured.words,
            "url": self.measured.url,
            "state": self.state,
        }


@dataclass
class Month:
    """A month of a contract up to now."""

    around: Surroundings
    first: date

    @cached_property
    def last(self) -> date:
        """Its last day, or today."""
        return min(add_months(self.first, 1) - ONE, self.around.today)

    @cached_property
    def orders(self) -> list[Standing]:
        """The orders reported in it."""
        return [
            each for each in self.around.standings if self.first <= timezone.localdate(each.order.reported) <= self.last
        ]

    @cached_property
    def failures(self) -> list[Standing]:
        """Its failures."""
        return [each for each in self.orders if each.is_failure]

    @cached_property
    def rates(self) -> dict[str, Rate]:
        """The three rates of its demands."""
        demands = [each for each in self.orders if each.order.kind in DEMANDS]
        return {each.title: each for each in rates(demands, self.last)}

    @property
    def period(self) -> str:
        """The filter of a list."""
        return f"from={self.first}&to={self.last}"


def measure(around: Surroundings, first: date) -> list[Told]:
    """Every indicator of a month."""
    month = Month(around, first)
    return [Told(each, _MEASURES[each.code](month)) for each in indicators(month.last)]


def _share(part: int, whole: int, url: str, none: str) -> Measured:
    return Measured(round(100 * part / whole, 2), f"{part} / {whole}", url) if whole else Measured(None, none, url)


def _orders(month: Month, more: str) -> str:
    return f"{reverse('service:orders')}?{month.period}{more}"


def _availability(month: Month) -> Measured:
    start = timezone.make_aware(datetime.combine(month.first, datetime.min.time()))
    end = min(timezone.make_aware(datetime.combine(month.last + ONE, datetime.min.time())), month.around.now)
    found = availability(month.around.contract, start, end)
    worst = min(found, key=lambda each: each[1])
    return Measured(int(worst[1] * 10_000) / 100, f"最低：{worst[0]}", reverse("service:status"))


def _answered(month: Month) -> Measured:
    kept = [each.ledger.response_kept for each in month.failures if each.ledger.response_kept is not Kept.PENDING]
    return _share(kept.count(Kept.YES), len(kept), _orders(month, "&kind=failure"), "没有故障")


def _restored(month: Month) -> Measured:
    kept = [
        each.ledger.restore_kept_gross for each in month.failures if each.ledger.restore_kept_gross is not Kept.PENDING
    ]
    return _share(kept.count(Kept.YES), len(kept), _orders(month, "&kind=failure"), "没有故障")


def _inspected(month: Month) -> Measured:
    made = Inspection.objects.filter(at__date__range=(month.first, month.last)).values_list("at__date", flat=True)
    days = (month.last - max(month.first, month.around.contract.starts)).days + 1
    return _share(len(set(made)), max(days, 0), f"{reverse('service:inspections')}?{month.period}", "还没有开始")


def _recoveries(month: Month, kind: RecoveryKind) -> tuple[int, int]:
    made = Recovery.objects.filter(kind=kind, ended__date__range=(month.first, month.last))
    return made.filter(ok=True).count(), made.count()


def _backed_up(month: Month) -> Measured:
    return _share(*_recoveries(month, RecoveryKind.BACKUP), reverse("work:recovery"), "没有备份记录")


def _drilled(month: Month) -> Measured:
    good, made = _recoveries(month, RecoveryKind.DRILL)
    return Measured(good, f"演练 {made} 次，通过 {good} 次", reverse("work:recovery"))


def _mended(month: Month) -> Measured:
    found = Matter.objects.filter(kind="vulnerability", opened__lte=month.last)
    due = [
        each for each in found
        if (each.ended and month.first <= timezone.localdate(each.ended) <= month.last)
        or (each.due and month.first <= each.due <= month.last and not each.ended)
    ]  # fmt: skip
    in_time = [each for each in due if each.ended and each.due and timezone.localdate(each.ended) <= each.due]
    open_in_time = [each for each in due if not each.ended and each.due and each.due >= month.around.today]
    counted = len(due) - len(open_in_time)
    return _share(len(in_time), counted, f"{reverse('service:matters')}?kind=vulnerability", "没有到期的漏洞")


def _incidents(month: Month) -> Measured:
    known = [each for each in month.around.events.get(EventKind.BREACH, []) if month.first <= each.on <= month.last]
    return Measured(len(known), f"{len(known)} 件", reverse("service:contract"))


def _proven(month: Month) -> Measured:
    found = all_proofs()
    return _share(sum(each.state == PROVEN for each in found), len(found), reverse("service:security"), "没有条目")


def _exchanged(month: Month) -> Measured:
    made = Package.objects.filter(entered_at__date__range=(month.first, month.last))
    late = made.filter(state=PackageState.READY, entered_at__lt=month.around.now - ONE).count()
    return _share(made.count() - late, made.count(), reverse("exchange:packages"), "没有交换包")


def _second_factor(month: Month) -> Measured:
    office = Account.objects.filter(is_active=True).exclude(kind__in=OUTSIDE)
    enrolled = office.filter(pk__in=TotpDevice.objects.values("account")).count()
    return _share(enrolled, office.count(), reverse("service:security"), "没有工作人员")


def _rate(title: str) -> Callable[[Month], Measured]:
    def told(month: Month) -> Measured:
        found = month.rates[title]
        return _share(found.part, found.whole, _orders(month, "&kind=demands"), "没有诉求或者没有回访")

    return told


def _from_the_cloud(month: Month) -> Measured:
    return Measured(None, "由政务云提供，取得报告后在说明里写明")


_MEASURES: Mapping[str, Callable[[Month], Measured]] = {
    "availability": _availability,
    "answered": _answered,
    "restored": _restored,
    "inspected": _inspected,
    "backed_up": _backed_up,
    "drilled": _drilled,
    "mended": _mended,
    "incidents": _incidents,
    "proven": _proven,
    "exchanged": _exchanged,
    "second_factor": _second_factor,
    "responded": _rate("响应率"),
    "solved": _rate("解决率"),
    "satisfied": _rate("满意率"),
    "cloud": _from_the_cloud,
    "ipv6": _from_the_cloud,
}
