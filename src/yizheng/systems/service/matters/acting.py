"""Opening a matter and moving it: one transaction under a lock, by whom it belongs to, with what follows from it."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from yizheng.documents.numbers import allocate
from yizheng.people import audit
from yizheng.people.canonical import holds_identifier
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.people.scopes import city
from yizheng.systems.service.matters.consequences import of_move, prepared
from yizheng.systems.service.matters.declaring import MatterKind, Move
from yizheng.systems.service.models import Matter, MatterAct
from yizheng.systems.service.orders.acting import Refused
from yizheng.work import inbox

SERIES = "service_matter"
OPENING = "open"


@transaction.atomic
def open_matter(
    kind: MatterKind,
    account: Account | None,
    title: str,
    content: Mapping[str, Any],
    *,
    about: Account | None = None,
    source: str = "",
) -> Matter:
    """Open one; a program opens without an account. `Refused` says why not."""
    herself = about is not None and about == account and not kind.names_account
    if account is not None and not herself and kind.opens.isdisjoint(roles_of(account)):
        raise Refused(f"“{kind.title}”由{_named(kind.opens)}登记。")
    if kind.names_account != (about is not None) and not herself:
        raise Refused("请选择是谁的。" if kind.names_account else "这一台账不写账号。")
    _plain(title, *map(str, content.values()))
    now = timezone.now()
    opened = timezone.localdate(now)
    number = allocate(SERIES, str(opened.year), given_to=f"matter:{kind.code}")
    try:
        with transaction.atomic():
            made = Matter.objects.create(
                number=f"TZ-{opened.year % 100:02d}-{number:04d}",
                kind=kind.code,
                title=title[:100],
                content={**content, **prepared(kind)},
                state=kind.first,
                opened=opened,
                due=kind.term(content, opened),
                source=source,
                about=about,
                account=account,
            )
    except IntegrityError:
        raise Refused("这一事项已经登记。") from None
    MatterAct.objects.create(matter=made, move=OPENING, account=account)
    audit.record(account, "service.matter", f"matter:{made.pk}", {"number": made.number, "kind": kind.code})
    _tell(made)
    return made


@transaction.atomic
def move(
    account: Account, matter_id: int, code: str, said: str = "", content: Mapping[str, Any] | None = None
) -> Matter:
    """Take a move; of two at once the second is told where the matter stands."""
    matter = Matter.objects.select_for_update(of=("self",)).get(pk=matter_id)
    found = next((each for each in matter.declared.moves if each.code == code), None)
    if found is None or matter.state not in found.before:
        raise Refused(f"这一事项现在是“{matter.state}”，请刷新以后再办。")
    if not may_take(matter, found, account):
        raise Refused(_why_not(matter, found, account))
    if found.asks and not said.strip():
        raise Refused(f"请写明：{found.asks}。")
    _plain(said, *map(str, (content or {}).values()))
    now = timezone.now()
    matter.state = found.after
    matter.ended = now if found.after in matter.declared.ends else None
    of_move(matter, found, account, said)
    Matter.objects.filter(pk=matter.pk).update(state=matter.state, ended=matter.ended)
    MatterAct.objects.create(
        matter=matter, move=code, said=said.strip()[:500], content=dict(content or {}), account=account
    )
    audit.record(account, "service.matter_move", f"matter:{matter.pk}", {"number": matter.number, "move": code})
    _tell(matter)
    return matter


def moves_for(matter: Matter, account: Account) -> list[Move]:
    """What this account may do with it now."""
    open_moves = [each for each in matter.declared.moves if matter.state in each.before]
    return [each for each in open_moves if may_take(matter, each, account)]


def may_take(matter: Matter, move: Move, account: Account) -> bool:
    """Whether the move is this account's: by role or as the person it is about, and not after her own."""
    if move.by:
        return not move.by.isdisjoint(roles_of(account)) and account.pk not in _doers(matter, move)
    return matter.about_id == account.pk


def _doers(matter: Matter, move: Move) -> frozenset[int | None]:
    return frozenset(each.account_id for each in matter.acts.all() if each.move in move.not_by)


def _why_not(matter: Matter, move: Move, account: Account) -> str:
    if not move.by:
        return f"“{move.title}”由本人办理。"
    if move.by.isdisjoint(roles_of(account)):
        return f"“{move.title}”由{_named(move.by)}办理。"
    return f"“{move.title}”由另一人办理，不能核对自己办的事。"


def _named(roles: frozenset[Role]) -> str:
    return "、".join(role.label for role in Role if role in roles)


def _plain(*texts: str) -> None:
    if any(holds_identifier(each) for each in texts):
        raise Refused("台账里不写证件号码和手机号码。")


def _tell(matter: Matter) -> None:
    """Whoever may take the next move reads of it; the person it is about reads of its end."""
    waiting = {role for each in matter.declared.moves if matter.state in each.before for role in each.by}
    title = f"{matter.declared.title} {matter.number} {matter.state}：{matter.title}"
    for role in sorted(waiting):
        inbox.send(title=title, kind="service", role=role, scope=city(), link=matter.get_absolute_url())
    if matter.about is not None and (matter.ended or any(not each.by for each in matter.declared.moves)):
        inbox.send(title=title, kind="service", to=matter.about, link=matter.get_absolute_url())
