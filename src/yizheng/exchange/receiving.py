"""收到: a package is opened only when its sender is known, its signature holds and its serial is new; then it is staged.

Nothing reaches the register from here: the system the kind belongs to checks every row as it checks any file, and a
person confirms. What was taken and what was not goes back in a receipt (see ``answering``).
"""

import hashlib
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction

from yizheng.documents.attachments import store
from yizheng.exchange import answering
from yizheng.exchange.keys import own_keys, signing_key
from yizheng.exchange.kinds import RECEIPT, ExchangeKind, UnknownKind, kind_of
from yizheng.exchange.models import Direction, Package, PackageState, Partner
from yizheng.exchange.sealing import Manifest, Opened, UnfitPackage, read_manifest, unpack
from yizheng.people import audit
from yizheng.people.models import Account


def receive(content: bytes, *, account: Account | None) -> Package:
    """Open a package and stage what is inside, or enter the receipt it brings. Raises UnfitPackage; then nothing is kept."""
    manifest, _ = read_manifest(content)
    partner = _partner(manifest)
    opened = unpack(content, sender_key=signing_key(partner.signing_key), opening_key=own_keys().opening)
    with transaction.atomic():
        _refuse_again(manifest, partner, content)
        package = _enter(manifest, partner, content, account)
        if manifest.kind == RECEIPT:
            answering.enter_receipt(package, opened)
        else:
            _stage(package, opened)
        audit.record(
            account,
            "exchange.receive",
            f"package:{package.pk}",
            {"partner": partner.code, "serial": package.serial, "digest": package.digest},
        )
    return package


def _partner(manifest: Manifest) -> Partner:
    if manifest.receiver != settings.EXCHANGE_CODE:
        raise UnfitPackage("receiver", f"交换包的收件方是“{manifest.receiver}”，不是本平台，请退还对方")
    partner = Partner.objects.filter(code=manifest.sender, active=True).first()
    if partner is None:
        raise UnfitPackage("sender", f"“{manifest.sender}”不是登记的交换对象；请管理员先登记对方的公钥")
    return partner


def _refuse_again(manifest: Manifest, partner: Partner, content: bytes) -> None:
    Partner.objects.select_for_update().get(pk=partner.pk)
    known = Package.objects.all().filter(partner=partner, direction=Direction.IN, serial=manifest.serial).first()
    if known is None:
        return
    if known.digest == hashlib.sha256(content).hexdigest():
        raise UnfitPackage("again", f"第 {manifest.serial} 号交换包已经收过，没有再次处理")
    raise UnfitPackage("serial", f"第 {manifest.serial} 号已经收过，这一个内容不同；请对方核对序号")


def _enter(manifest: Manifest, partner: Partner, content: bytes, account: Account | None) -> Package:
    package: Package = Package.objects.create(
        direction=Direction.IN,
        partner=partner,
        serial=manifest.serial,
        kind=manifest.kind,
        digest=store().put(content),
        size=len(content),
        made_at=manifest.made_at,
        state=PackageState.STAGED,
        account=account,
        authority_scope=partner.authority_scope,
    )
    return package


def _stage(package: Package, opened: Opened) -> None:
    kind = _kind(opened)
    content = opened.files[kind.file_name]
    package.rows = int(opened.manifest.files[kind.file_name]["rows"])
    package.content_digest = hashlib.sha256(content).hexdigest()
    with tempfile.NamedTemporaryFile(suffix=".csv") as kept:
        kept.write(content)
        kept.flush()
        package.reference = kind.take_in(package, Path(kept.name))
    package.save(update_fields=["rows", "content_digest", "reference"])


def _kind(opened: Opened) -> ExchangeKind:
    try:
        kind = kind_of(opened.manifest.kind)
    except UnknownKind as unknown:
        raise UnfitPackage("kind", f"{unknown}，请对方核对") from None
    if kind.file_name not in opened.files:
        raise UnfitPackage("files", f"交换包里没有“{kind.file_name}”，请对方按约定的文件名重发")
    if not str(opened.manifest.files[kind.file_name].get("rows", "")).isdecimal():
        raise UnfitPackage("manifest", "交换包的清单没有写明行数，请对方重新制作")
    return kind
