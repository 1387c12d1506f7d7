"""Handing a quarterly report in, receiving it, questioning or passing it: each by the other party (10.3)."""

import hashlib
import json
from dataclasses import asdict
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.canonical import holds_identifier
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.people.scopes import city
from yizheng.systems.service import obligations as duties
from yizheng.systems.service.clauses.evidence import quarters, review_due
from yizheng.systems.service.clauses.surroundings import Surroundings
from yizheng.systems.service.models import Report
from yizheng.systems.service.orders.acting import Refused
from yizheng.systems.service.reports.figures import figures
from yizheng.work import inbox

_ONE = timedelta(days=1)


def period(around: Surroundings, quarter: int) -> tuple[date, date]:
    """The first and the last day of a quarter of the term."""
    starts = around.contract.starts
    first = starts if quarter == 1 else duties.quarter_end(starts, quarter - 1) + _ONE
    return first, min(duties.quarter_end(starts, quarter), around.contract.ends)


@transaction.atomic
def hand_in(account: Account, around: Surroundings, quarter: int, said: str) -> Report:
    """Freeze the figures of a quarter that is over and hand them in; a correction is a further version."""
    _by(account, Role.SERVICE_MANAGER)
    if quarter not in quarters(around):
        raise Refused("合同期内没有这一季度。")
    _, last = period(around, quarter)
    if around.today <= last:
        raise Refused(f"第 {quarter} 季度到 {last:%Y-%m-%d} 才结束，结束以后提交。")
    if holds_identifier(said):
        raise Refused("报告里不写证件号码和手机号码。")
    last_one = Report.objects.filter(contract=around.contract, quarter=quarter).order_by("-version").first()
    if last_one is not None and last_one.questioned is None:
        raise Refused("这一季度的报告已经提交；甲方提出异议以后才能提交更正版本。")
    found = frozen(around, quarter)
    try:
        with transaction.atomic():
            made = Report.objects.create(
                contract=around.contract,
                quarter=quarter,
                version=last_one.version + 1 if last_one else 1,
                figures=found,
                said=said,
                digest=digest(quarter, found, said),
                sent=around.now,
                sender=account,
            )
    except IntegrityError:
        raise Refused("这一季度的报告刚刚由别人提交，请刷新。") from None
    audit.record(account, "service.report", f"report:{made.pk}", {"quarter": quarter, "version": made.version})
    inbox.send(
        title=f"{made}已提交，请签收",
        kind="service",
        role=Role.CLIENT_MANAGER,
        scope=city(),
        link=made.get_absolute_url(),
    )
    return made


def frozen(around: Surroundings, quarter: int) -> list[dict[str, str]]:
    """The figures of a quarter as a report keeps them."""
    return [asdict(each) for each in figures(around, *period(around, quarter))]


def digest(quarter: int, figures: list[dict[str, str]], said: str) -> str:
    """The digest of what a report says."""
    content = json.dumps([quarter, figures, said], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


@transaction.atomic
def receive(account: Account, report_id: int) -> Report:
    """Confirm the receipt, from which the fourteen days run."""
    report = _for_client(account, report_id)
    if report.received is not None:
        raise Refused("这份报告已经签收。")
    return _say(report, account, "receive", received=timezone.now())


@transaction.atomic
def question(account: Account, report_id: int, words: str) -> Report:
    """Ask within the fourteen days; after them silence has passed the report."""
    report = _for_client(account, report_id)
    if not words.strip():
        raise Refused("请写明对报告的异议。")
    if holds_identifier(words):
        raise Refused("异议里不写证件号码和手机号码。")
    _open_for_review(report)
    _say(report, account, "question", questioned=timezone.now(), question=words.strip()[:500])
    inbox.send(
        title=f"甲方对{report}提出异议",
        kind="service",
        role=Role.SERVICE_MANAGER,
        scope=city(),
        link=report.get_absolute_url(),
    )
    return report


@transaction.atomic
def agree(account: Account, report_id: int) -> Report:
    """Pass the report before silence does."""
    report = _for_client(account, report_id)
    _open_for_review(report)
    return _say(report, account, "pass", passed=timezone.now())


def _open_for_review(report: Report) -> None:
    due = review_due(report)
    if due is None:
        raise Refused("请先签收报告。")
    if report.passed or report.questioned:
        raise Refused("这份报告已经审核。")
    if timezone.localdate() > due:
        raise Refused(f"{due:%Y-%m-%d} 以前没有提出异议，按合同 10.3 已视为通过。")


def _for_client(account: Account, report_id: int) -> Report:
    _by(account, Role.CLIENT_MANAGER)
    return Report.objects.select_for_update(of=("self",)).get(pk=report_id)


def _by(account: Account, role: Role) -> None:
    if role not in roles_of(account):
        raise Refused(f"这一步由{role.label}人员办理。")


def _say(report: Report, account: Account, verb: str, **changed: object) -> Report:
    Report.objects.filter(pk=report.pk).update(reviewer=account, **changed)
    audit.record(account, f"service.report_{verb}", f"report:{report.pk}")
    report.refresh_from_db()
    return report
