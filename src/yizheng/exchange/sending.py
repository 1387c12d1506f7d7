"""发出: rows of a kind are sealed for a partner; what holds personal data leaves only with a second person's consent.

个人信息保护法 第二十五条: personal data goes to others only on a legal ground; the reason is kept with the package and both
persons with the approval. The sealed file is what leaves; this side cannot open it again.
"""

import csv
import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from yizheng.documents.attachments import store
from yizheng.exchange.channels.signing import provider_for
from yizheng.exchange.keys import opening_key
from yizheng.exchange.kinds import Asked, ExchangeKind
from yizheng.exchange.models import Direction, Package, PackageState, Partner
from yizheng.exchange.sealing import Manifest, pack
from yizheng.kernel.signs import neutralised
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import Held
from yizheng.people.scope import acting_as_system
from yizheng.work import approval
from yizheng.work.models import Approval

SEND = "exchange.send"


class NotPossible(Exception):
    """The package, the partner or its state stands against it."""


@transaction.atomic
def propose(
    kind: ExchangeKind, partner: Partner, since: date, until: date, *, account: Account, reason: str
) -> Package:
    """Make a package of what the authority has to tell for these days, and ask a second person to let it go.

    Raises NotPossible where there is nothing to tell or no reason was given.
    """
    if not reason.strip():
        raise NotPossible("须写明发送的依据和用途")
    if not partner.active:
        raise NotPossible(f"{partner.name}已停用，不能再发送")
    if until < since:
        raise NotPossible("结束日期早于开始日期，请核对")
    with acting_as_system(f"制作交换包 {kind.code}"):
        asked_for = Asked(partner.authority_scope, since, until, account, f"{partner.name}：{reason.strip()}")
        count, content = _csv(kind.heading, kind.written(asked_for))
    if not count:
        raise NotPossible(f"{since.isoformat()} 至 {until.isoformat()} 没有要发送的“{kind.title}”记录")
    package = sealed(
        partner, kind.code, {kind.file_name: (count, content)}, state=PackageState.PROPOSED, account=account,
        reason=reason.strip(),
    )  # fmt: skip
    asked = f"{partner.name}　{kind.title}　{since.isoformat()} 至 {until.isoformat()}　{count} 行"
    approval.propose(SEND, f"package:{package.pk}", account, {"package": package.pk, "title": asked}, reason)
    return package


def sealed(
    partner: Partner,
    kind: str,
    files: dict[str, tuple[int, bytes]],
    *,
    state: PackageState,
    account: Account | None,
    reason: str = "",
    reply_to: Package | None = None,
) -> Package:
    """Seal files for a partner, keep the package and enter it into the ledger; call it inside a transaction."""
    made_at = timezone.now()
    manifest = Manifest(
        settings.EXCHANGE_CODE, partner.code, _next_serial(partner), kind, made_at,
        reply_to.serial if reply_to else None,
    )  # fmt: skip
    content = pack(
        manifest, files, signing_key=provider_for(partner.signing_key), receiver_key=opening_key(partner.opening_key)
    )
    rows, plain = next(iter(files.values()))
    package: Package = Package.objects.create(
        direction=Direction.OUT,
        partner=partner,
        serial=manifest.serial,
        kind=kind,
        digest=store().put(content),
        size=len(content),
        made_at=made_at,
        state=state,
        rows=rows,
        content_digest=hashlib.sha256(plain).hexdigest(),
        reply_to=reply_to,
        account=account,
        reason=reason,
        authority_scope=partner.authority_scope,
    )
    audit.record(
        account, "exchange.make", f"package:{package.pk}", {"kind": kind, "rows": rows, "digest": package.digest}
    )
    return package


def _next_serial(partner: Partner) -> int:
    """The serial of the next package to a partner; the partner's row is locked until it is entered."""
    Partner.objects.select_for_update().get(pk=partner.pk)
    sent = Package.objects.all().filter(partner=partner, direction=Direction.OUT)
    return (sent.aggregate(last=Max("serial"))["last"] or 0) + 1


def _csv(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[int, bytes]:
    """How many rows there are, and they as a csv file in UTF-8 with its mark."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heading)
    count = 0
    for row in rows:
        writer.writerow([neutralised(str(cell)) for cell in row])
        count += 1
    return count, text.getvalue().encode("utf-8-sig")


def _may_decide(held: Held, asked: Approval) -> bool:
    package = Package.objects.visible_to(held.account).filter(pk=asked.payload["package"]).first()
    return package is not None and held.has_over(Role.DECIDER, [package.authority_scope])


def _carry_out(asked: Approval) -> None:
    done = Package.objects.all().filter(pk=asked.payload["package"], state=PackageState.PROPOSED)
    if done.update(state=PackageState.READY) != 1:
        raise approval.ApprovalRefused("交换包已由他人处理，请刷新后再看")


approval.ApprovalKind(SEND, title="发出交换包", may_decide=_may_decide, carry_out=_carry_out)
