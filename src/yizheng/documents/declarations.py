"""Declarations: what kinds of certificates and instruments there are, which fields each prints, on which page.

An upper room adds a kind by declaring it in one file and calling `declare`; its page may be its own typst file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_OPTIONAL = {"photo", "changes", "remarks", "tables"}
PAGES = Path(__file__).parent / "typst"


class UndeclaredKind(LookupError):
    """Nobody declared a kind of this code."""


class UnfitFields(ValueError):
    """The fields given are not those the kind prints; the message names them."""


@dataclass(frozen=True)
class Printed:
    """One printed field: its key in the fields, its label on the page, and whether it may be left out."""

    key: str
    label: str
    optional: bool = False


@dataclass(frozen=True)
class CertificateKind:
    """A kind of certificate: `holder` is printed beside the photo, `practice` below it.

    Of an institution it has no photo (``pictured``) and its number another label.
    `page` sets every certificate of `data.sheets` on a page of its own, one when a person opens hers and many for the
    printer; a sheet names its pictures itself (`sheet.qr`, `sheet.photo`), see certificate.typ.
    """

    code: str
    title: str
    holder: tuple[Printed, ...]
    practice: tuple[Printed, ...]
    page: Path = PAGES / "certificate.typ"
    pictured: bool = True
    number_label: str = "证书编码"

    def check(self, fields: Mapping[str, Any]) -> None:
        """Raises UnfitFields when a needed field is missing or an unknown one is given."""
        printed = (*self.holder, *self.practice)
        needed = {"number", "issuer"} | {one.key for one in printed if not one.optional}
        _compare(self.code, fields, needed, needed | {one.key for one in printed} | _OPTIONAL)


@dataclass(frozen=True)
class InstrumentKind:
    """A kind of instrument: the word in its number, its title (may hold {item}), its page and the page's fields.

    `optional` gives the value a field has when it is left out.
    """

    code: str
    word: str
    title: str
    page: Path
    fields: frozenset[str]
    optional: Mapping[str, Any] = field(default_factory=dict)

    def complete(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields with defaults filled in. Raises UnfitFields."""
        _compare(self.code, fields, set(self.fields), set(self.fields) | set(self.optional))
        return {**self.optional, **fields}


_certificates: dict[str, CertificateKind] = {}
_instruments: dict[str, InstrumentKind] = {}


def declare(*kinds: CertificateKind | InstrumentKind) -> None:
    """Make kinds known. Raises ValueError when a code is taken by another declaration."""
    for kind in kinds:
        known: dict[str, Any] = _certificates if isinstance(kind, CertificateKind) else _instruments
        if known.setdefault(kind.code, kind) != kind:
            raise ValueError(f"two kinds are called {kind.code!r}")


def certificate_kind(code: str) -> CertificateKind:
    """The declared kind of certificate. Raises UndeclaredKind."""
    try:
        return _certificates[code]
    except KeyError:
        raise UndeclaredKind(code) from None


def instrument_kind(code: str) -> InstrumentKind:
    """The declared kind of instrument. Raises UndeclaredKind."""
    try:
        return _instruments[code]
    except KeyError:
        raise UndeclaredKind(code) from None


def instrument_kinds() -> tuple[InstrumentKind, ...]:
    """All declared kinds of instruments, by code."""
    return tuple(_instruments[code] for code in sorted(_instruments))


def _compare(code: str, fields: Mapping[str, Any], needed: set[str], allowed: set[str]) -> None:
    missing, unknown = sorted(needed - fields.keys()), sorted(fields.keys() - allowed)
    if missing or unknown:
        raise UnfitFields(f"{code}: missing {missing}, unknown {unknown}")
