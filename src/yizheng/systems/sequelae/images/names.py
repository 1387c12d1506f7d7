"""Chinese names of DICOM objects: in the ideographic group, as pinyin in the alphabetic one, or as bytes whose character set is not said.

The declared set is tried first. Where it is missing or does not fit, bytes that are valid UTF-8 are read so, others as GB18030; the
doubt is shown with the name.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from yizheng.kernel.lazily import lazily
from yizheng.kernel.names.folding import is_han

charset = lazily("pydicom.charset")
ASCII = ("", "ISO_IR 6", "ISO 2022 IR 6", "ISO_IR 100", "ISO 2022 IR 100")
"""Sets without Chinese characters."""
UTF8, GB, REPLACED = "utf-8", "gb18030", "\ufffd"


@dataclass(frozen=True, slots=True)
class Read:
    """A name and what is doubtful about how it was read."""

    name: str
    doubt: str = ""


def read_name(raw: bytes, declared: Sequence[str]) -> Read:
    """The name of a patient: the ideographic group where there is one, else the alphabetic."""
    groups = [_group(each, declared) for each in raw.rstrip(b" \0").split(b"=")]
    written = next((each for each in groups[1:2] if each.name), groups[0])
    return Read(_plain(written.name), written.doubt)


def _plain(name: str) -> str:
    """Components joined as Chinese names are written; pinyin keeps its spaces."""
    parts = [part.strip() for part in name.split("^") if part.strip()]
    return "".join(parts) if any(map(is_han, name)) else " ".join(parts)


def _group(raw: bytes, declared: Sequence[str]) -> Read:
    if raw.isascii() and b"\x1b" not in raw:
        return Read(raw.decode())
    if not all(each in ASCII for each in declared):
        text = _by_declaration(raw, declared)
        if REPLACED not in text:
            return Read(text)
    for encoding, words in ((UTF8, "UTF-8"), (GB, "GB18030")):
        try:
            return Read(raw.decode(encoding), f"字符集{'不符' if any(declared) else '未声明'}，姓名按 {words} 读出")
        except UnicodeDecodeError:
            continue
    return Read(raw.decode(GB, "replace"), "姓名无法完整读出")


def _by_declaration(raw: bytes, declared: Sequence[str]) -> str:
    """As declared; with a replacement character where it does not fit."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return str(charset.decode_bytes(raw, charset.convert_encodings(list(declared)), set("^=\\")))
        except (LookupError, UnicodeError):
            return REPLACED
