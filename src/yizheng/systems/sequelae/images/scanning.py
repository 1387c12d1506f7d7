"""胶片扫描: a scanned film becomes a secondary capture under an identity of the office's own, with the true day of the examination.

Such a film was never a DICOM object, so its UIDs are made here (from random UUIDs, the root anybody may use); a real object never gets
another. It has no calibration: nothing is measured in it. A name may stand on the film, so it says that identity may be in the pixels.
"""

import uuid
import warnings
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import numpy as np

from yizheng.documents.attachments.pictures import open_picture
from yizheng.kernel.lazily import lazily
from yizheng.systems.sequelae.images.taking import File
from yizheng.systems.sequelae.persons.identities import Who

pydicom = lazily("pydicom")
SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
EXPLICIT = "1.2.840.10008.1.2.1"
DIGITISED = "DF"


@dataclass(frozen=True, slots=True)
class Film:
    """What is known of a film: whose it is (register number, sex), its day, what it shows."""

    code: str
    sex: str
    who: Who
    on: date
    body: str
    described: str


def made_uid() -> str:
    """An identity of our own."""
    return f"2.25.{uuid.uuid4().int}"


def captured(film: Film, pictures: list[File]) -> list[File]:
    """The films of one day as objects of one study. Raises RefusedFile where a picture cannot be read."""
    study, series = made_uid(), made_uid()
    return [
        File(each.name, _object(film, each, study, series, number))
        for number, each in enumerate(pictures, 1)
    ]  # fmt: skip


def _object(film: Film, file: File, study: str, series: str, number: int) -> bytes:
    pixels = np.asarray(open_picture(file.content, file.name).convert("L"))
    uid = made_uid()
    found = pydicom.Dataset()
    found.file_meta = pydicom.dataset.FileMetaDataset()
    found.file_meta.MediaStorageSOPClassUID, found.file_meta.MediaStorageSOPInstanceUID = SECONDARY_CAPTURE, uid
    found.file_meta.TransferSyntaxUID = EXPLICIT
    for keyword, value in {
        "SpecificCharacterSet": "ISO_IR 192", "SOPClassUID": SECONDARY_CAPTURE, "SOPInstanceUID": uid, "StudyInstanceUID": study,
        "SeriesInstanceUID": series, "StudyDate": f"{film.on:%Y%m%d}", "StudyTime": "", "AccessionNumber": "", "Modality": "OT",
        "ConversionType": DIGITISED, "PatientName": f"={film.who.name}", "PatientID": film.code, "ReferringPhysicianName": "",
        "PatientBirthDate": film.who.birth.replace("-", ""), "PatientSex": "M" if film.sex == "male" else "F",
        "BodyPartExamined": film.body, "StudyDescription": film.described, "StudyID": "", "SeriesNumber": 1, "InstanceNumber": number,
        "BurnedInAnnotation": "YES", "SamplesPerPixel": 1, "PhotometricInterpretation": "MONOCHROME2", "Rows": pixels.shape[0],
        "Columns": pixels.shape[1], "BitsAllocated": 8, "BitsStored": 8, "HighBit": 7, "PixelRepresentation": 0,
        "PixelData": pixels.tobytes() + b"\0" * (pixels.size % 2),
    }.items():  # fmt: skip
        setattr(found, keyword, value)
    written = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pydicom.dcmwrite(written, found, enforce_file_format=True)
    return written.getvalue()
