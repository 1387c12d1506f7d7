"""Live checks behind the security items: each asks the running platform, and says what it found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, AuditEntry, DataKey, Grant, TotpDevice, UnmaskingRecord, VaultEntry
from yizheng.registry.models import Change, Seal
from yizheng.systems.service.models import Inspection, Matter
from yizheng.systems.service.security.advisories import imported
from yizheng.systems.service.security.items import SecurityItem, security_items
from yizheng.work.models import RecoveryKind
from yizheng.work.recovery import latest, overdue

PROVEN, LACKING = "已取证", "缺证据"
_ADMINS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
_OFFICE = tuple(kind for kind in AccountKind if kind not in (AccountKind.INDIVIDUAL, AccountKind.INSTITUTION))
_QUARTER = timedelta(days=92)
_POLICIES = "select count(distinct tablename) from pg_policies where schemaname = 'public'"
_GUARDS = (
    "select count(*) from pg_trigger t join pg_class c on c.oid = t.tgrelid"
    " where c.relname = 'people_auditentry' and not t.tgisinternal and t.tgenabled <> 'D'"
)
_LISTENS = "select current_setting('listen_addresses')"


@dataclass(frozen=True, slots=True)
class Proof:
    """How an item stands: the state word, and what was found."""

    item: SecurityItem
    state: str
    found: str


def all_proofs() -> list[Proof]:
    """Every item with what proves it now."""
    return [_proof(each) for each in security_items()]


def _proof(item: SecurityItem) -> Proof:
    if item.proof in ("test", "document"):
        return Proof(item, PROVEN, f"{'测试' if item.proof == 'test' else '文件'} {item.where}")
    if item.proof == "missing":
        return Proof(item, LACKING, item.where)
    holds, found = _CHECKS[item.proof]()
    return Proof(item, PROVEN if holds else LACKING, found)


def _shared_accounts() -> tuple[bool, str]:
    active = Account.objects.filter(is_active=True).count()
    return False, f"启用账号 {active} 个，一人一号，口令由平台检验强度；没有强制定期更换，待测评机构认可"


def _https() -> tuple[bool, str]:
    return settings.SECURE_SSL_REDIRECT, "只接受加密连接" if settings.SECURE_SSL_REDIRECT else "没有启用 YIZHENG_HTTPS"


def _second_factor() -> tuple[bool, str]:
    office = Account.objects.filter(kind__in=_OFFICE, is_active=True)
    without = office.exclude(pk__in=TotpDevice.objects.values("account")).count()
    return True, f"工作人员 {office.count()} 人，{without} 人尚未设置动态口令（设置前不能进入任何页面）"


def _unused_accounts() -> tuple[bool, str]:
    signed = AuditEntry.objects.filter(verb="sign_in", at__gt=timezone.now() - _QUARTER).values("actor")
    older = Account.objects.filter(kind__in=_OFFICE, is_active=True, created_at__lt=timezone.now() - _QUARTER)
    idle = older.exclude(pk__in=signed).count()
    return idle == 0, f"一季度没有登录的工作人员账号 {idle} 个"


def _three_administrators() -> tuple[bool, str]:
    held = (
        Grant.objects.filter(revoked_at=None, role__in=_ADMINS)
        .values("account")
        .annotate(number=Count("role", distinct=True))
    )
    both = held.filter(number__gt=1).count()
    named = [role for role in _ADMINS if Grant.objects.filter(revoked_at=None, role=role).exists()]
    return both == 0 and len(named) == len(_ADMINS), f"三员已设 {len(named)} 员，兼任 {both} 人"


def _row_policies() -> tuple[bool, str]:
    number = _asked(_POLICIES)
    return number > 0, f"{number} 个表有行级策略"


def _audited() -> tuple[bool, str]:
    number = AuditEntry.objects.filter(at__gt=timezone.now() - timedelta(days=1)).count()
    return number > 0, f"一日内审计记录 {number} 条"


def _append_only() -> tuple[bool, str]:
    number = _asked(_GUARDS)
    return number > 0, f"审计表有 {number} 个防改触发器"


def _open_ports() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute(_LISTENS)
        listens = str(cursor.fetchone()[0])
    return listens in ("", "localhost", "127.0.0.1"), f"数据库监听 {listens or '本机套接字'}"


def _sealed() -> tuple[bool, str]:
    last = Seal.objects.order_by("-number").first()
    behind = Change.objects.filter(position__gt=last.last_position if last else 0).count()
    return last is not None, f"第 {last.number} 号封存，其后 {behind} 个变更待封存" if last else "还没有封存"


def _enciphered() -> tuple[bool, str]:
    entries, keys = VaultEntry.objects.count(), DataKey.objects.filter(Q(wrapped__isnull=False)).count()
    return keys > 0, f"证件号码 {entries} 条全部以密文保存，数据密钥 {keys} 个"


def _backed_up() -> tuple[bool, str]:
    last = latest(RecoveryKind.BACKUP)
    if last is None:
        return False, "没有备份记录"
    late = overdue(RecoveryKind.BACKUP) or overdue(RecoveryKind.DRILL)
    return not late, f"最近备份 {timezone.localtime(last.ended):%Y-%m-%d %H:%M}" + (
        "，备份或者演练逾期" if late else ""
    )


def _unmasking() -> tuple[bool, str]:
    number = UnmaskingRecord.objects.count()
    return True, f"默认遮盖；查看完整号码须写理由，已记录 {number} 次，本人可查"


def _inspected() -> tuple[bool, str]:
    last = Inspection.objects.first()
    return last is not None, f"最近巡检 {timezone.localtime(last.at):%Y-%m-%d %H:%M}" if last else "没有巡检记录"


def _vulnerabilities() -> tuple[bool, str]:
    last, today = imported(), timezone.localdate()
    late = Matter.objects.open().filter(kind="vulnerability", due__lt=today).count()
    if last is None:
        return False, "还没有导入安全通告"
    fresh = timezone.now() - last < timedelta(days=31)
    return fresh and not late, f"{timezone.localtime(last):%Y-%m-%d} 导入通告，过期限的漏洞 {late} 项"


def _asked(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


_CHECKS: Mapping[str, Callable[[], tuple[bool, str]]] = {
    "shared_accounts": _shared_accounts,
    "https": _https,
    "second_factor": _second_factor,
    "unused_accounts": _unused_accounts,
    "three_administrators": _three_administrators,
    "row_policies": _row_policies,
    "audited": _audited,
    "append_only": _append_only,
    "open_ports": _open_ports,
    "sealed": _sealed,
    "enciphered": _enciphered,
    "backed_up": _backed_up,
    "unmasking": _unmasking,
    "vulnerabilities": _vulnerabilities,
    "inspected": _inspected,
}
