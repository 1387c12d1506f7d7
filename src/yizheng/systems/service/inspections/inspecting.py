"""One inspection: every probe asked, the readings kept under a digest, whoever is on duty told of what is wrong."""

import hashlib
import json
import logging
from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils import timezone

from yizheng.documents.signing.countersigning import countersign
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.scopes import city
from yizheng.systems.service.inspections.probes import PROBES, Measured, Probe
from yizheng.systems.service.models import Inspection, Reading
from yizheng.systems.service.models.inspection import Verdict
from yizheng.work import inbox
from yizheng.work.schedules import schedule

log = logging.getLogger(__name__)
_WORST = (Verdict.FAULT, Verdict.WARNING)


@schedule("0 8 * * *", "service.inspect", title="平台自巡检")
def inspect_daily() -> None:
    """At eight every morning."""
    inspect(None)


def inspect(account: Account | None, now: datetime | None = None) -> Inspection:
    """Ask every probe and keep what it says; a probe that fails is a reading too."""
    now = now or timezone.now()
    measured = [(probe, _measured(probe, now)) for probe in PROBES]
    verdicts = {found.verdict for _, found in measured}
    worst = next((each for each in _WORST if each in verdicts), Verdict.NORMAL)
    with transaction.atomic():
        made = Inspection(at=now, account=account, verdict=worst, digest=_digest(now, measured))
        made.signature = countersign(made.statement)
        made.save(force_insert=True)
        Reading.objects.bulk_create(
            Reading(
                inspection=made,
                object=probe.object,
                item=probe.item,
                value=found.value,
                figure=found.figure,
                limit=probe.limit,
                verdict=found.verdict,
            )
            for probe, found in measured
        )
        audit.record(account, "service.inspect", f"inspection:{made.pk}", {"verdict": worst.value})
        if worst != Verdict.NORMAL:
            wrong = [
                f"{probe.object} {probe.item}：{found.value}" for probe, found in measured if found.verdict in _WORST
            ]
            title = f"巡检{worst.label}：{wrong[0]}"
            inbox.send(
                title=title, kind="service", role=Role.ENGINEER, scope=city(), body="\n".join(wrong)[:2000],
                link=made.get_absolute_url(),
            )  # fmt: skip
    return made


def _measured(probe: Probe, now: datetime) -> Measured:
    try:
        with transaction.atomic():
            return probe.measure(now)
    except (OSError, DatabaseError) as failed:
        log.warning("the probe %s failed: %s", probe.item, type(failed).__name__)
        return Measured("没有测得，请查看日志", None, Verdict.FAULT)


def _digest(now: datetime, measured: list[tuple[Probe, Measured]]) -> str:
    rows = [[probe.object, probe.item, found.value, found.verdict.value] for probe, found in measured]
    return hashlib.sha256(json.dumps([now.isoformat(), rows], ensure_ascii=False).encode()).hexdigest()
