"""Writing down what happened under the contract: by the party whose matter it is, with the paper that proves it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.canonical import holds_identifier
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.systems.service.models import Contract, ContractEvent
from yizheng.systems.service.models.contract import EventKind
from yizheng.systems.service.orders.acting import Refused

_CLIENT = frozenset({Role.CLIENT_MANAGER})
_CONTRACTOR = frozenset({Role.SERVICE_MANAGER})
_BOTH = _CLIENT | _CONTRACTOR
RECORDERS: Mapping[EventKind, frozenset[Role]] = {
    **dict.fromkeys(EventKind, _CONTRACTOR),
    **dict.fromkeys(
        (EventKind.PAID_1, EventKind.PAID_2, EventKind.ACCEPTANCE, EventKind.FUNDS, EventKind.BREACH,
         EventKind.EXPIRY_NOTICE, EventKind.DEDUCTION, EventKind.CLIENT_TEAM, EventKind.ENVIRONMENT,
         EventKind.ASSESSMENT),
        _CLIENT,
    ),
    **dict.fromkeys(
        (EventKind.EFFECT, EventKind.FORCE_MAJEURE, EventKind.FORCE_MAJEURE_PROOF, EventKind.DISPUTE,
         EventKind.RENEWAL_NOTICE, EventKind.SUPPLEMENT, EventKind.CHANNELS),
        _BOTH,
    ),
}  # fmt: skip
"""Who writes what down: nobody confirms her own payment, acceptance or breach."""
WITH_AMOUNT = frozenset(
    {EventKind.PAID_1, EventKind.PAID_2, EventKind.INVOICE_1, EventKind.INVOICE_2, EventKind.DEDUCTION}
)


def choices_for(account: Account) -> list[EventKind]:
    """What this account may write down."""
    roles = roles_of(account)
    return [kind for kind in EventKind if not RECORDERS[kind].isdisjoint(roles)]


@transaction.atomic
def record(
    account: Account,
    contract: Contract,
    kind: EventKind,
    on: date,
    reference: str,
    said: str = "",
    amount: Decimal | None = None,
) -> ContractEvent:
    """Add one event; `Refused` says why not."""
    if RECORDERS[kind].isdisjoint(roles_of(account)):
        holders = "、".join(role.label for role in Role if role in RECORDERS[kind])
        raise Refused(f"“{kind.label}”由{holders}登记。")
    if on > timezone.localdate():
        raise Refused("日期还没有到，发生以后登记。")
    if not reference.strip():
        raise Refused("请填写凭证的名称或者编号。")
    if holds_identifier(reference) or holds_identifier(said):
        raise Refused("不写证件号码和手机号码。")
    if (kind in WITH_AMOUNT) != (amount is not None):
        raise Refused("付款、发票和扣减要填金额，其他事项不填。")
    if amount is not None and not 0 < amount <= contract.amount:
        raise Refused("金额大于 0，不超过合同金额。")
    made = ContractEvent.objects.create(
        contract=contract,
        kind=kind,
        on=on,
        amount=amount,
        reference=reference.strip(),
        said=said.strip(),
        account=account,
    )
    audit.record(account, "service.contract", f"contract:{contract.pk}", {"kind": kind.value})
    return made
