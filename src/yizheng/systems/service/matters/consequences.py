"""What a move sets off beyond the ledger: a key destroyed, a leaver without rights, the rights a review is about."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from yizheng.people import vault
from yizheng.people.models import Account, Grant
from yizheng.people.scope import acting_as_system
from yizheng.registry.reading import kinds_of, spoken_of
from yizheng.registry.registers import registers
from yizheng.systems.service.matters.declaring import MatterKind, Move
from yizheng.systems.service.models import Matter
from yizheng.systems.service.orders.acting import Refused


def of_move(matter: Matter, move: Move, account: Account, said: str) -> None:
    """Carry out what the move means; `Refused` where it cannot be."""
    if matter.kind == "person_request" and move.code == "propose_erasure":
        _subject_to_erase(matter)
    elif matter.kind == "person_request" and move.code == "erase":
        subject = _subject_to_erase(matter)
        with acting_as_system("个人信息请求：销毁密钥"):
            vault.erase(subject, account, said.strip())
    elif matter.kind == "undertaking" and move.code == "leave":
        _without_rights(matter.about)


def _subject_to_erase(matter: Matter) -> int:
    """Whose key is destroyed: somebody who asked for it and whom no register holds today (第四十七条第二款)."""
    subject = matter.about.subject_id if matter.about else None
    if matter.content["asks"] != "删除" or subject is None:
        raise Refused("只有本人提出的删除请求才能提请销毁密钥。")
    with acting_as_system("个人信息请求：是否在册"):
        held = _is_on_record(subject)
    if held:
        raise Refused("本人在登记簿里有记录，法定的保存期限没有届满，不能删除；可以停止保存以外的处理（第四十七条）。")
    return subject


def _is_on_record(subject: int) -> bool:
    kinds = {kind for each in registers() if each.of_people for kind in kinds_of(each)}
    return bool(spoken_of([subject], kinds))


def _without_rights(account: Account | None) -> None:
    left = list(Grant.objects.filter(account=account, revoked_at=None))
    if left:
        names = "、".join(dict.fromkeys(each.get_role_display() for each in left))
        raise Refused(f"{account.display_name if account else ''}还有授权（{names}），先收回权限再登记离岗。")


def prepared(kind: MatterKind) -> Mapping[str, Any]:
    """What the program adds when a matter is opened: to a review of rights the rights of that day."""
    return {"rows": list(_rights_in_force())} if kind.code == "rights_review" else {}


def _rights_in_force() -> Iterable[list[str]]:
    """Every grant to somebody of the office with the day of her last sign-in."""
    grants = Grant.objects.filter(revoked_at=None, account__is_active=True).select_related("account", "scope")
    for each in grants.exclude(account__kind__in=("individual", "institution")).order_by("account_id", "role"):
        last = each.account.last_login
        yield [
            each.account.display_name,
            each.account.get_kind_display(),
            each.get_role_display(),
            each.scope.name,
            f"{timezone.localtime(last):%Y-%m-%d}" if last else "没有登录过",
        ]
