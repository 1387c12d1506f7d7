"""Invented magnetic resonance pictures of both hips: drawn from circles, of nobody, with a necrotic wedge and a sunken dome where asked."""

import uuid
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import numpy as np

from yizheng.kernel.lazily import lazily

pydicom = lazily("pydicom")
MR = "1.2.840.10008.5.1.4.1.1.4"
EXPLICIT = "1.2.840.10008.1.2.1"
SIZE, SLICES = 192, 5
_ROOT = uuid.UUID("5f0c7a52-5e33-4d7e-9a3c-0f6d3a7b1c20")


@dataclass(frozen=True, slots=True)
class Patient:
    """Whose the pictures say they are."""

    name: str
    sex: str
    birth: date
    number: str


@dataclass(frozen=True, slots=True)
class Head:
    """A femoral head: the share that died and how far its dome sank, in pixels."""

    share: float = 0.0
    sunk: float = 0.0


def uid(*parts: object) -> str:
    """An identity that is always the same for the same parts."""
    return f"2.25.{uuid.uuid5(_ROOT, '|'.join(map(str, parts))).int}"


def hips(patient: Patient, on: date, heads: Mapping[str, Head], *, slices: int = SLICES, **more: Any) -> list[bytes]:
    """A coronal study of both hips; ``more`` sets further elements of every object."""
    return [_object(patient, on, heads, number, slices, more) for number in range(1, slices + 1)]


def _object(
    patient: Patient, on: date, heads: Mapping[str, Head], number: int, slices: int, more: Mapping[str, Any]
) -> bytes:
    pixels, key = _slice(heads, number, slices), (patient.number, on)
    found = pydicom.Dataset()
    found.file_meta = pydicom.dataset.FileMetaDataset()
    found.file_meta.MediaStorageSOPClassUID, found.file_meta.MediaStorageSOPInstanceUID = MR, uid(*key, number)
    found.file_meta.TransferSyntaxUID = EXPLICIT
    said = {
        "SpecificCharacterSet": "ISO_IR 192", "SOPClassUID": MR, "SOPInstanceUID": uid(*key, number), "StudyInstanceUID": uid(*key),
        "SeriesInstanceUID": uid(*key, "coronal"), "StudyDate": f"{on:%Y%m%d}", "StudyTime": "090000", "StudyID": "1",
        "AccessionNumber": "", "SeriesNumber": 1, "Modality": "MR", "InstitutionName": "演示医院",
        "StudyDescription": "双髋冠状位 T1", "BodyPartExamined": "HIP", "PatientName": f"={patient.name}", "PatientID": patient.number,
        "PatientBirthDate": f"{patient.birth:%Y%m%d}", "PatientSex": "M" if patient.sex == "male" else "F", "InstanceNumber": number,
        "PixelSpacing": [1.8, 1.8], "SliceThickness": 4, "SamplesPerPixel": 1, "PhotometricInterpretation": "MONOCHROME2",
        "Rows": SIZE, "Columns": SIZE, "BitsAllocated": 16, "BitsStored": 12, "HighBit": 11, "PixelRepresentation": 0,
        "WindowCenter": 520, "WindowWidth": 1000, "PixelData": pixels.astype("<u2").tobytes(),
    } | dict(more)  # fmt: skip
    written = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for keyword, value in said.items():
            setattr(found, keyword, value)
        pydicom.dcmwrite(written, found, enforce_file_format=True)
    return written.getvalue()


def _slice(heads: Mapping[str, Head], number: int, slices: int) -> Any:
    """One picture; the left hip stands on the right of it."""
    rows, columns = np.mgrid[0:SIZE, 0:SIZE].astype(float)
    depth = 1 - abs(2 * number / (slices + 1) - 1) * 0.5
    picture = np.where(((rows - 96) / 92) ** 2 + ((columns - 96) / 94) ** 2 < 1, 180.0, 8.0)
    picture += 26 * np.sin(rows / 7.0) * np.cos(columns / 9.0) * (picture > 50)
    for side, middle in (("r", 54), ("l", 138)):
        outward = -1 if side == "r" else 1
        head, radius = heads.get(side, Head()), 25 * depth
        distance = np.hypot(rows - 88, columns - middle)
        cup = (distance < radius + 9) & (distance > radius + 3) & (rows < 92)
        shaft = (abs(columns - middle - outward * (rows - 92) * 0.35) < 11 * depth) & (rows > 92) & (rows < 176)
        picture[cup | shaft] = 640
        ball = (distance < radius) & (rows > 88 - radius + head.sunk * depth)
        picture[ball] = 820
        angle = np.degrees(np.arctan2((columns - middle) * outward, 88 - rows))
        dead = ball & (distance > radius * 0.35) & (abs(angle - 12) < head.share * 1.6)
        picture[dead] = 300
        rim = dead & (distance < radius * 0.35 + 3)
        picture[rim] = 90
    return np.clip(picture, 0, 4095)
