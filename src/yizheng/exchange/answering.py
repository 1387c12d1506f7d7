"""回执: every package is answered with how many rows were taken and which were not, and why.

Receipts that come back are held against what was sent. A receipt holds numbers of rows and kinds of faults, no person,
so it leaves without a second consent.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from yizheng.exchange.kinds import RECEIPT, NotReady, kind_of
from yizheng.exchange.models import Direction, Outcome, Package, PackageState
from yizheng.exchange.sealing import Opened, UnfitPackage
from yizheng.exchange.sending import NotPossible, sealed
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.registry.writer.rows import insert_many

FILE = "receipt.json"


@transaction.atomic
def answer(package: Package, account: Account) -> Package:
    """Make the receipt of a package that was judged. Raises NotPossible while it was not, or was answered."""
    held = Package.objects.visible_to(account).select_for_update().filter(pk=package.pk).first()
    if held is None or held.direction != Direction.IN or held.state != PackageState.STAGED:
        raise NotPossible("只有收到并处理完、还没有回执的交换包才能制作回执")
    try:
        judged = kind_of(held.kind).judged(held)
    except NotReady as waits:
        raise NotPossible(str(waits)) from waits
    refused = [{"row": row, "code": code, "reason": reason} for row, code, reason in judged.refused]
    rejected = held.rows - judged.accepted
    said = {
        "serial": held.serial,
        "rows": held.rows,
        "accepted": judged.accepted,
        "rejected": rejected,
        "sha256": held.content_digest,
        "refused": refused,
    }
    content = json.dumps(said, ensure_ascii=False, sort_keys=True, indent=1).encode()
    receipt = sealed(
        held.partner, RECEIPT, {FILE: (len(refused), content)}, state=PackageState.READY, account=account,
        reply_to=held,
    )  # fmt: skip
    held.state, held.accepted, held.rejected = PackageState.ANSWERED, judged.accepted, rejected
    held.save(update_fields=["state", "accepted", "rejected"])
    _note(held, refused)
    audit.record(account, "exchange.answer", f"package:{held.pk}", {"receipt": receipt.pk})
    return receipt


def enter_receipt(receipt: Package, opened: Opened) -> None:
    """Hold a receipt against the package it answers; raises UnfitPackage when there is none or it makes no sense."""
    sent = Package.objects.all().filter(
        partner=receipt.partner, direction=Direction.OUT, serial=opened.manifest.reply_to or 0
    ).first()  # fmt: skip
    if sent is None:
        raise UnfitPackage("reply", "回执答复的交换包不是本平台发出的，请对方核对序号")
    said = _said(opened)
    agrees = (
        said["rows"] == sent.rows
        and said["sha256"] == sent.content_digest
        and said["accepted"] + said["rejected"] == sent.rows
    )
    sent.state = PackageState.CONFIRMED if agrees else PackageState.DIFFERS
    sent.accepted, sent.rejected = said["accepted"], said["rejected"]
    sent.save(update_fields=["state", "accepted", "rejected"])
    sent.outcomes.all().delete()
    _note(sent, said["refused"])
    receipt.reply_to, receipt.state, receipt.rows = sent, PackageState.CONFIRMED, len(said["refused"])
    receipt.save(update_fields=["reply_to", "state", "rows"])


def _said(opened: Opened) -> dict[str, Any]:
    try:
        said = json.loads(opened.files[FILE])
        numbers = {name: int(said[name]) for name in ("rows", "accepted", "rejected")}
        refused = [
            {"row": int(each["row"]), "code": str(each["code"]), "reason": str(each["reason"])}
            for each in said["refused"]
        ]
        return {**numbers, "sha256": str(said["sha256"]), "refused": refused}
    except (ValueError, KeyError, TypeError) as fault:
        raise UnfitPackage("receipt", "回执缺项或者格式不对，请对方重新制作") from fault


def _note(package: Package, refused: Iterable[Mapping[str, Any]]) -> None:
    insert_many(
        Outcome(package=package, row=each["row"], code=each["code"][:40], reason=each["reason"][:300])
        for each in refused
    )
