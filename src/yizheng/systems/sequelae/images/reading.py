"""What one DICOM object says: its identities, its day and kind, whose it says it is, and the digest of its pixels."""

import hashlib
import logging
import warnings
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from yizheng.kernel.chinese_dates import parse_date
from yizheng.kernel.lazily import lazily
from yizheng.systems.sequelae.images.names import read_name

pydicom = lazily("pydicom")
logging.getLogger("pydicom").disabled = True
"""Its messages quote what stands in an element; names never go into a log."""
SEXES = {"M": "male", "F": "female"}
NAME, PIXELS = (0x0010, 0x0010), (0x7FE0, 0x0010)


class NotDicom(Exception):
    """A file that is no image object; the words say what is missing."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What an object says."""

    uid: str
    study: str
    series: str
    sop_class: str
    on: date
    modality: str
    body: str
    described: str
    number: int
    frames: int
    name: str
    birth: date | None
    sex: str
    patient: str
    """The number under which the hospital knows the patient; never taken to be the citizen number unless it is one."""
    institution: str
    age: int | None
    doubt: str
    burned_in: bool
    pixels: str


def dataset(content: bytes) -> Any:
    """The object as pydicom reads it. Raises NotDicom."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = pydicom.dcmread(BytesIO(content))
            found.SOPInstanceUID  # noqa: B018 - an object without an identity is none
        except Exception as fault:
            raise NotDicom("不是 DICOM 影像文件") from fault
    return found


def read(content: bytes) -> Seen:
    """What the object says. Raises NotDicom."""
    found = dataset(content)
    declared = found.get("SpecificCharacterSet", "")
    sets = [declared] if isinstance(declared, str) else [str(each) for each in declared or [""]]
    raw = found.get_item(NAME)
    name = read_name(bytes(raw.value or b""), sets) if raw is not None else read_name(b"", sets)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _seen(found, name.name, name.doubt)
        except (ValueError, TypeError, AttributeError) as fault:
            raise NotDicom("影像缺少检查 UID、检查日期或像素") from fault


def _seen(found: Any, name: str, doubt: str) -> Seen:
    def said(keyword: str) -> str:
        return str(found.get(keyword) or "").strip()

    pixels, on = found.get_item(PIXELS), parse_date(said("StudyDate"))
    if pixels is None or on is None or not said("StudyInstanceUID") or not said("SeriesInstanceUID"):
        raise ValueError("incomplete")
    age = said("PatientAge")
    return Seen(
        uid=said("SOPInstanceUID"), study=said("StudyInstanceUID"), series=said("SeriesInstanceUID"), sop_class=said("SOPClassUID"),
        on=on, modality=said("Modality")[:16] or "OT", body=said("BodyPartExamined")[:16], described=said("StudyDescription")[:64],
        number=max(0, int(said("InstanceNumber") or 0)), frames=max(1, int(said("NumberOfFrames") or 1)),
        name=name, birth=parse_date(said("PatientBirthDate")) if said("PatientBirthDate") else None,
        sex=SEXES.get(said("PatientSex"), ""), patient=said("PatientID"), institution=said("InstitutionName"),
        age=int(age[:3]) if age[3:] == "Y" and age[:3].isdigit() else None, doubt=doubt,
        burned_in=said("BurnedInAnnotation") == "YES", pixels=hashlib.sha256(bytes(pixels.value)).hexdigest(),
    )  # fmt: skip
