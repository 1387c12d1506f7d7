"""A rule thought of, run over the whole register: who would fail tomorrow."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

from yizheng.cli.bench.laboratory import Lab, seconds
from yizheng.cli.bench.questions import Pair, question, ratio_at_most

RULE, VALUE = "doctors.leave_years", 1


class _Silent:
    def report(self, done: int, total: int | None = None, message: str = "") -> None:
        """Nobody looks."""


@question(
    "forecast",
    "规则推演：全部在册注册按明天的规则核对一遍，列出不再符合的",
    beside="把同样的注册数一遍",
    unit="s",
    reach=ratio_at_most(20),
    runs=3,
)
def whole_register(lab: Lab) -> Iterator[Pair]:
    """Each run is a forecast of its own, weighed as the worker does, as the serving role."""
    from django.utils import timezone

    from benchmarks.waiting import serving
    from yizheng.licensing.forecasts import run
    from yizheng.licensing.models import Forecast
    from yizheng.people.kinds import AccountKind
    from yizheng.people.models import Account
    from yizheng.people.scope import acting_as_system
    from yizheng.systems.doctors.forecast import registered_on

    tomorrow = timezone.localdate() + timedelta(days=1)
    with serving():
        with acting_as_system("bench: forecast"):
            asker = Account.objects.create_account(
                f"bench-asker-{time.time_ns()}",
                AccountKind.SYSTEM_ADMIN,
                "推演",
                password="-",  # noqa: S106  nobody signs in
            )
        while True:
            asked = Forecast.objects.create(register="doctor", on=tomorrow, rule=RULE, value=VALUE, asked_by=asker)
            with acting_as_system("bench: forecast"):
                counted = seconds(lambda: registered_on(tomorrow))
            used, began = time.process_time(), time.perf_counter()
            run(_Silent(), asked.pk)
            took, used = time.perf_counter() - began, time.process_time() - used
            asked.refresh_from_db()
            failed = sum(asked.by_authority.values())
            yield Pair(took, counted, f"核对 {asked.checked:,} 项，{failed:,} 项不再符合；其中程序 {used:.1f} s")
