"""Export without identity after DICOM PS3.15 Annex E (Basic Application Level Confidentiality Profile), stricter where it is unsure.

What the table ``deidentification.csv`` does not name is removed: private elements, texts, sequences, curves and overlays alike. UIDs become
others (the same for the same), days are shifted by a number of days of the person's own, so that intervals between her examinations
stay true. Pixels are exported only after somebody looked that no name stands in them.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from yizheng.kernel.chinese_dates import parse_date
from yizheng.kernel.lazily import lazily
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.images.reading import dataset
from yizheng.systems.sequelae.tables import rows

pydicom = lazily("pydicom")
KEEP, UID, SHIFT, REPLACE = "keep", "uid", "shift", "replace"
PROFILE = (
    ("113100", "Basic Application Confidentiality Profile"),
    ("113107", "Retain Longitudinal Temporal Information Modified Dates Option"),
)
METHOD = "PS3.15 Annex E Basic Profile; elements not listed are removed"
MOST_DAYS = 365
"""Days are shifted back by one to so many."""


@dataclass(frozen=True, slots=True)
class Mask:
    """How one person is masked: what she is called, and by how many days her days are shifted."""

    alias: str
    days: int


@cache
def actions() -> Mapping[str, str]:
    """What is done to each element that is named; every other is removed."""
    return {row["keyword"]: row["action"] for row in rows("deidentification")}


def mask_of(person: int) -> Mask:
    """The mask of a person, always the same in this installation."""
    (drawn,) = sealing.indexes("mask", [str(person)])
    return Mask(f"P{drawn[:5].hex().upper()}", 1 + int.from_bytes(drawn[8:]) % MOST_DAYS)


def other_uid(uid: str) -> str:
    """The UID that stands for another in every export."""
    return f"2.25.{int.from_bytes(sealing.indexes('uid', [uid])[0])}"


def deidentified(content: bytes, mask: Mask) -> bytes:
    """The object without identity. Raises NotDicom."""
    found = dataset(content)
    made = pydicom.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for keyword, action in actions().items():
            if keyword in found:
                _carry(found, made, keyword, action, mask)
        made.PatientIdentityRemoved, made.DeidentificationMethod = "YES", METHOD
        made.DeidentificationMethodCodeSequence = [_coded(*each) for each in PROFILE]
        made.BurnedInAnnotation = "NO"
        made.file_meta = pydicom.dataset.FileMetaDataset()
        made.file_meta.MediaStorageSOPClassUID, made.file_meta.MediaStorageSOPInstanceUID = (
            made.SOPClassUID,
            made.SOPInstanceUID,
        )
        made.file_meta.TransferSyntaxUID = found.file_meta.TransferSyntaxUID
        written = BytesIO()
        pydicom.dcmwrite(written, made, enforce_file_format=True)
    return written.getvalue()


def _carry(found: Any, made: Any, keyword: str, action: str, mask: Mask) -> None:
    if action == KEEP:
        made.add(found[keyword])
    elif action == UID:
        setattr(made, keyword, other_uid(str(found.get(keyword))))
    elif action == SHIFT:
        day = parse_date(str(found.get(keyword) or ""))
        setattr(made, keyword, f"{shifted(day, mask):%Y%m%d}" if day else "")
    else:
        setattr(made, keyword, mask.alias if action == REPLACE else "")


def shifted(day: date, mask: Mask) -> date:
    """A day as it leaves."""
    return day - timedelta(days=mask.days)


def _coded(value: str, meaning: str) -> Any:
    code = pydicom.Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = value, "DCM", meaning
    return code
