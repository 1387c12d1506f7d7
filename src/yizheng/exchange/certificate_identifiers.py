"""证照标识: the identifier of an electronic certificate (GB/T 36904), built, checked and raised by one version.

``1.2.156.3005.2.type.issuer.serial.version.check``: the type is the USCC of the body that defined it and a serial, the issuer
a USCC, the version three digits; the check character runs over the four without dots.
"""

import re
from dataclasses import dataclass

from yizheng.kernel.identifiers.mod37 import mod37_check_character
from yizheng.kernel.identifiers.uscc import is_uscc

ROOT = "1.2.156.3005.2."
_PARTS = 5
_TYPE_LENGTH, _USCC_LENGTH = 21, 18
_SIGNS = re.compile("[0-9A-Z]+")
_VERSION = re.compile("[0-9]{3}")
_LAST_VERSION = 999


@dataclass(frozen=True, slots=True)
class CertificateIdentifier:
    """What an identifier says, and what is wrong with it; with a problem nobody should use its parts."""

    type_code: str = ""
    issuer: str = ""
    serial: str = ""
    version: str = ""
    check: str = ""
    problems: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The identifier as it is written."""
        return ROOT + ".".join((self.type_code, self.issuer, self.serial, self.version, self.check))


def build(type_code: str, issuer: str, serial: str, version: str) -> CertificateIdentifier:
    """The identifier of these parts; hyphens are taken out of the serial and nothing else is mended."""
    serial = serial.replace("-", "")
    problems = _faults(type_code, issuer, serial, version)
    if problems:
        return CertificateIdentifier(problems=problems)
    return CertificateIdentifier(type_code, issuer, serial, version, _check(type_code, issuer, serial, version))


def check(text: str) -> CertificateIdentifier:
    """What a written identifier says, judged part by part."""
    if not text.startswith(ROOT):
        return CertificateIdentifier(problems=frozenset({"root"}))
    parts = text.removeprefix(ROOT).split(".")
    if len(parts) != _PARTS:
        return CertificateIdentifier(problems=frozenset({"parts"}))
    type_code, issuer, serial, version, last = parts
    problems = _faults(type_code, issuer, serial, version)
    if "charset" not in problems and last != _check(type_code, issuer, serial, version):
        problems |= {"check"}
    if problems:
        return CertificateIdentifier(problems=problems)
    return CertificateIdentifier(type_code, issuer, serial, version, last)


def next_version(text: str) -> CertificateIdentifier:
    """The identifier of the same certificate made again: its version raised by one."""
    former = check(text)
    if former.problems:
        return former
    version = int(former.version) + 1
    if version > _LAST_VERSION:
        return CertificateIdentifier(problems=frozenset({"version"}))
    return build(former.type_code, former.issuer, former.serial, f"{version:03d}")


def _check(*body: str) -> str:
    return mod37_check_character("".join(body))


def _faults(type_code: str, issuer: str, serial: str, version: str) -> frozenset[str]:
    readable = all(_SIGNS.fullmatch(each) for each in (type_code, issuer, serial, version))
    found = {
        "charset": not readable,
        "type": len(type_code) != _TYPE_LENGTH or (readable and not is_uscc(type_code[:_USCC_LENGTH])),
        "issuer": readable and not is_uscc(issuer),
        "version": not _VERSION.fullmatch(version) or version == "000",
    }
    return frozenset(name for name, wrong in found.items() if wrong)
