"""Taking images in: the identity of an object is its UID, so what comes twice is a repeat, and other pixels under one UID are an error."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from yizheng.kernel.linkage.scoring import Record
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.images import keeping
from yizheng.systems.sequelae.images.identifying import whose
from yizheng.systems.sequelae.images.reading import NotDicom, Seen, read
from yizheng.systems.sequelae.linking.running import register_of
from yizheng.systems.sequelae.models import Delivery, Image, Study
from yizheng.systems.sequelae.models.images import Way
from yizheng.systems.sequelae.models.purposes import may_write
from yizheng.systems.sequelae.office import office_key

NEW, REPEAT, CONFLICT, UNREADABLE = "new", "repeat", "conflict", "unreadable"
FATES = {NEW: "新收", REPEAT: "重复送达", CONFLICT: "同一 UID 像素不同", UNREADABLE: "无法读取"}
MOST_FILES = 2_000


class Refused(Exception):
    """Why a delivery is not taken in; the words say what to do."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a delivery."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a file."""

    name: str
    outcome: str
    uid: str = ""
    sop_class: str = ""
    study: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """How files came: the way, what the delivery is called, and the partner that sent it over the network."""

    way: Way
    name: str
    partner: str = ""


def take(account: Account | None, origin: Origin, files: Iterable[File]) -> tuple[Delivery, list[Fate]]:
    """Take files in, each for itself; what cannot be taken is told beside the others. Raises Refused."""
    if account is not None and not may_write(account, Delivery):
        raise Refused("影像由体检校对人员接收")
    with transaction.atomic():
        delivery = Delivery.objects.create(
            way=origin.way, name=origin.name[:120], partner=origin.partner, account=account
        )
        register = register_of(account)
        fates = [_one(delivery, register, each) for each in files]
        if not fates:
            raise Refused("没有文件")
        counts = Counter(each.outcome for each in fates)
        told = [[each.name[:120], each.outcome, each.said] for each in fates if each.outcome in (CONFLICT, UNREADABLE)]
        delivery.fates = {"counts": dict(counts), "told": told}
        Delivery.objects.filter(pk=delivery.pk).update(fates=delivery.fates)
        audit.record(
            account, "sequelae.images", f"sequelae_delivery:{delivery.pk}", {**counts, "partner": origin.partner}
        )
    return delivery, fates


def _one(delivery: Delivery, register: dict[int, Record], file: File) -> Fate:
    try:
        seen = read(file.content)
    except NotDicom as fault:
        return Fate(file.name, UNREADABLE, said=str(fault))
    known = Image.objects.filter(uid=seen.uid).first()
    if known is not None:
        return _known(file, seen, known)
    study = Study.objects.filter(uid=seen.study).select_related("person").first() or _study(delivery, register, seen)
    try:
        with transaction.atomic():
            Image.objects.create(
                study=study, series=seen.series, uid=seen.uid, sop_class=seen.sop_class, number=seen.number, frames=seen.frames,
                pixels=seen.pixels, digest=keeping.keep(study, file.content),
            )  # fmt: skip
    except IntegrityError:
        return _known(file, seen, Image.objects.get(uid=seen.uid))
    return Fate(file.name, NEW, seen.uid, seen.sop_class, seen.study)


def _known(file: File, seen: Seen, known: Image) -> Fate:
    same = known.pixels == seen.pixels
    said = "" if same else f"UID {seen.uid} 已有另一幅图像，请送达方核对"
    return Fate(file.name, REPEAT if same else CONFLICT, seen.uid, seen.sop_class, seen.study, said)


def _study(delivery: Delivery, register: dict[int, Record], seen: Seen) -> Study:
    index = sealing.indexes("patient", [f"{seen.institution}|{seen.patient}|{seen.name}"])[0]
    found = whose(seen, register, index)
    return Study.objects.create(
        delivery=delivery, uid=seen.study, person_id=found.person, state=found.state, on=seen.on, modality=seen.modality,
        body=seen.body, described=seen.described, patient_index=index, why=found.why,
        sealed=sealing.seal([(office_key(), identity(seen))])[0],
    )  # fmt: skip


def identity(seen: Seen) -> dict[str, Any]:
    """What an object says of whose it is, as it is enciphered; whether it says that identity stands in the pixels is kept with it."""
    return {
        "name": seen.name, "sex": seen.sex, "birth": seen.birth.isoformat() if seen.birth else "", "patient": seen.patient,
        "institution": seen.institution, "doubt": seen.doubt, "burned_in": seen.burned_in,
    }  # fmt: skip
