"""What is looked at: each probe measures one thing and says how it compares with its limit (运维方案 sets the limits)."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from yizheng.documents.signing.keys import key_ring
from yizheng.exchange.models import Package, PackageState
from yizheng.people.models import AuditEntry
from yizheng.registry.models import Seal
from yizheng.systems.service.models.inspection import Verdict
from yizheng.systems.service.security.advisories import hits, imported
from yizheng.work import overdue
from yizheng.work.models import Job, JobState, RecoveryKind, ScheduleRun
from yizheng.work.recovery import latest
from yizheng.work.recovery import overdue as is_overdue

OPEN_PORTS = frozenset({22, 80, 443})
"""What may listen on more than the machine itself, by the plan of operation."""
OBJECTS = ("服务器", "应用", "数据库", "备份", "安全", "接口", "公示")
_DAY = timedelta(days=1)
_ADVISORY_DAYS = 31
_LOG_TAIL = 4_000_000
_LISTENING = "0A"
_LOOPBACK = frozenset({"0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F"})
_SIZE = "select pg_database_size(current_database())"
_CONNECTIONS = "select count(*) * 1.0 / current_setting('max_connections')::int from pg_stat_activity where datname = current_database()"
_LONGEST = (
    "select coalesce(extract(epoch from max(now() - xact_start)), 0) from pg_stat_activity"
    " where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a probe found: in words, as a figure for the trend, and the verdict."""

    value: str
    figure: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Probe:
    """One item of an inspection: the object it belongs to, its name, its limit in words, how it is measured."""

    object: str
    item: str
    limit: str
    measure: Callable[[datetime], Measured]


def graded(figure: float, warn: float, fault: float, words: str) -> Measured:
    """A figure that is worse the higher it is."""
    verdict = Verdict.FAULT if figure >= fault else Verdict.WARNING if figure >= warn else Verdict.NORMAL
    return Measured(words, figure, verdict)


def _disk(now: datetime) -> Measured:
    usage = shutil.disk_usage(settings.DATA_DIR)
    share = usage.used / usage.total
    return graded(share, 0.8, 0.9, f"已用 {share:.0%}，余 {usage.free / 2**30:.1f} GiB")


def _load(now: datetime) -> Measured:
    each = os.getloadavg()[1] / (os.cpu_count() or 1)
    return graded(each, 2.0, 4.0, f"五分钟平均每核 {each:.2f}")


def _memory(now: datetime) -> Measured:
    lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    known = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    share = 1 - known["MemAvailable"] / known["MemTotal"]
    return graded(share, 0.8, 0.9, f"已用 {share:.0%}")


def _jobs(now: datetime) -> Measured:
    failed = Job.objects.filter(state=JobState.FAILED, finished__gt=now - _DAY).count()
    return graded(failed, 1, 10, f"一日内失败 {failed} 个")


def _schedules(now: datetime) -> Measured:
    failed = ScheduleRun.objects.exclude(failure="").count()
    return graded(failed, 1, 3, f"最近一次运行失败的定时任务 {failed} 个")


def _overdue(now: datetime) -> Measured:
    late = [each.sentence for each in overdue.found(now)]
    return Measured("；".join(late)[:200] or "没有逾期", len(late), Verdict.WARNING if late else Verdict.NORMAL)


def _asked(sql: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return float(cursor.fetchone()[0])


def _size(now: datetime) -> Measured:
    size = _asked(_SIZE)
    return Measured(f"{size / 2**30:.2f} GiB", size, Verdict.NORMAL)


def _connections(now: datetime) -> Measured:
    share = _asked(_CONNECTIONS)
    return graded(share, 0.7, 0.9, f"已用 {share:.0%}")


def _longest(now: datetime) -> Measured:
    seconds = max(_asked(_LONGEST), 0.0)
    return graded(seconds, 300, 1800, f"最长 {seconds:.0f} 秒")


def _backup(now: datetime) -> Measured:
    return _recovery(RecoveryKind.BACKUP, now)


def _drill(now: datetime) -> Measured:
    return _recovery(RecoveryKind.DRILL, now)


def _recovery(kind: RecoveryKind, now: datetime) -> Measured:
    last = latest(kind)
    if last is None:
        return Measured(f"没有{kind.label}记录", None, Verdict.WARNING)
    days = (now - last.ended) / _DAY
    if not last.ok:
        return Measured(f"最近一次{kind.label}没有通过", days, Verdict.FAULT)
    return Measured(f"{days:.1f} 日前通过", days, Verdict.WARNING if is_overdue(kind) else Verdict.NORMAL)


def _seals(now: datetime) -> Measured:
    last = Seal.objects.order_by("-number").first()
    if last is None:
        return Measured("还没有封存", None, Verdict.NONE)
    return Measured(f"第 {last.number} 号封存，至序位 {last.last_position}", last.number, Verdict.NORMAL)


def _failed_sign_ins(now: datetime) -> Measured:
    failed = AuditEntry.objects.filter(verb="sign_in.failed", at__gt=now - _DAY).count()
    return graded(failed, 50, 500, f"一日内登录失败 {failed} 次")


def _ports(now: datetime) -> Measured:
    """Sockets that listen on more than this machine, beside the ports that are meant to (运维方案)."""
    found: set[int] = set()
    for name in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{name}").read_text("ascii").splitlines()[1:]:
            local, state = line.split()[1], line.split()[3]
            address, _, port = local.partition(":")
            if state == _LISTENING and address not in _LOOPBACK:
                found.add(int(port, 16))
    strange = sorted(found - OPEN_PORTS)
    words = f"对外监听 {'、'.join(map(str, sorted(found))) or '无'}"
    return Measured(words, len(strange), Verdict.WARNING if strange else Verdict.NORMAL)


def _certificates(now: datetime) -> Measured:
    ring = key_ring()
    ends = {"签章": ring.seal().certificate.not_valid_after_utc, "根": ring.root().not_valid_after_utc}
    name, end = min(ends.items(), key=lambda each: each[1])
    days = (end - now).days
    verdict = Verdict.FAULT if days < 7 else Verdict.WARNING if days < 30 else Verdict.NORMAL
    return Measured(f"{name}证书余 {days} 日", days, verdict)


def _dependencies(now: datetime) -> Measured:
    last = imported()
    if last is None:
        return Measured("还没有导入安全通告", None, Verdict.WARNING)
    found = hits()
    days = (now - last).days
    words = f"{days} 日前导入，命中 {len(found)} 项" + (
        f"：{found[0].advisory.package} {found[0].version}" if found else ""
    )
    late = days > _ADVISORY_DAYS
    return Measured(words, len(found), Verdict.FAULT if found else Verdict.WARNING if late else Verdict.NORMAL)


def _queue(now: datetime) -> Measured:
    waiting = Job.objects.filter(state=JobState.QUEUED, created__lt=now - timedelta(minutes=10)).count()
    return graded(waiting, 1, 20, f"排队超过 10 分钟的任务 {waiting} 个")


def _inodes(now: datetime) -> Measured:
    usage = os.statvfs(settings.DATA_DIR)
    share = 1 - usage.f_ffree / usage.f_files if usage.f_files else 0.0
    return graded(share, 0.8, 0.9, f"已用 {share:.0%}")


def _log_faults(now: datetime) -> Measured:
    """Errors the log of the platform wrote in the last day, by the newest part of each file."""
    number = 0
    for path in sorted(Path(settings.DATA_DIR, "logs").glob("*.log")):
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - _LOG_TAIL, 0))
            number += sum(_is_fault(line, now) for line in file.read().splitlines())
    return graded(number, 1, 100, f"一日内错误 {number} 条")


def _is_fault(line: bytes, now: datetime) -> bool:
    if b'"level": "error"' not in line and b'"level": "critical"' not in line:
        return False
    try:
        at = parse_datetime(str(json.loads(line).get("timestamp", "")))
    except (ValueError, AttributeError):
        return False
    return at is not None and (timezone.make_aware(at) if timezone.is_naive(at) else at) > now - _DAY


def _packages(now: datetime) -> Measured:
    waiting = Package.objects.filter(state=PackageState.READY, entered_at__lt=now - _DAY).count()
    return graded(waiting, 1, 20, f"一日以上未送达的交换包 {waiting} 个")


def _disclosure(now: datetime) -> Measured:
    run = ScheduleRun.objects.filter(name="disclosure.tally").first()
    if run is None or run.finished is None:
        return Measured("定时核对还没有运行", None, Verdict.NONE)
    hours = (now - run.finished) / timedelta(hours=1)
    return graded(hours, 26, 72, f"{timezone.localtime(run.finished):%m-%d %H:%M} 汇总")


PROBES = (
    Probe("服务器", "磁盘", "80% 告警，90% 处置", _disk),
    Probe("服务器", "负载", "每核 2 告警，4 处置", _load),
    Probe("服务器", "内存", "80% 告警，90% 处置", _memory),
    Probe("服务器", "文件节点", "80% 告警，90% 处置", _inodes),
    Probe("应用", "排队", "10 分钟内开始", _queue),
    Probe("应用", "日志错误", "没有错误", _log_faults),
    Probe("应用", "后台任务", "没有失败", _jobs),
    Probe("应用", "定时任务", "没有失败", _schedules),
    Probe("应用", "逾期事项", "没有逾期", _overdue),
    Probe("数据库", "容量", "看变化", _size),
    Probe("数据库", "连接", "70% 告警，90% 处置", _connections),
    Probe("数据库", "长事务", "5 分钟告警，30 分钟处置", _longest),
    Probe("备份", "最近备份", "每日一次", _backup),
    Probe("备份", "恢复演练", "每季一次", _drill),
    Probe("安全", "封存", "每分钟", _seals),
    Probe("安全", "登录失败", "一日 50 次告警", _failed_sign_ins),
    Probe("安全", "对外端口", "只有登记的端口", _ports),
    Probe("安全", "证书", "余 30 日告警，7 日处置", _certificates),
    Probe("安全", "依赖通告", "每月导入，没有命中", _dependencies),
    Probe("接口", "交换包", "一日内送达", _packages),
    Probe("公示", "公示汇总", "每日一次", _disclosure),
)
"""All of them, in the order of the record."""
