"""The kinds of certificates that are told, as configuration: type code, holder, extension items; the city's list is not public.

A type code is the USCC of the body that defined the certificate and a serial of three; the codes shipped are stand-ins.
"""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data"
PERSON, ORGANISATION = "111", "001"
"""Types of holder codes (GB/T 36903): identity number, unified social credit code."""


@dataclass(frozen=True, slots=True)
class CertificateType:
    """One kind: its code, whether a holder may have several, and what its printed fields are called there."""

    kind: str
    title: str
    type_code: str
    holder_type: str
    prefix: str
    several: bool
    items: Mapping[str, str]

    def serial(self, number: str) -> str:
        """The number as digits and capitals alone; what a Chinese number says in words is the prefix."""
        organ = "Z" if "中医广" in number else ""
        return organ + self.prefix + "".join(re.findall("[0-9A-Z]", number))


@cache
def types() -> Mapping[str, CertificateType]:
    """Every kind that is told, by the code of its certificate."""
    items: dict[str, dict[str, str]] = {}
    for row in _rows("ecertificate_items"):
        items.setdefault(row["kind"], {})[row["printed"]] = row["item"]
    return {
        row["kind"]: CertificateType(
            row["kind"], row["title"], row["type_code"], row["holder_type"], row["serial_prefix"], row["several"] == "1",
            items.get(row["kind"], {}),
        )
        for row in _rows("ecertificate_types")
    }  # fmt: skip


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True, slots=True)
class Holder:
    """What a system says of holders of its certificates: how their registration stands, and an organisation's code."""

    kinds: tuple[str, ...]
    touched: Callable[[Sequence[int]], set[int]]
    """The holders whose standing these changes touched."""
    standing: Callable[[Sequence[int]], Mapping[int, str]]
    """``suspended`` or ``moved`` by holder as the register stands; others stand as their certificate says."""
    code: Callable[[Sequence[int]], Mapping[int, str]] | None = None
    """Codes of organisations; those of persons come from the vault on the way out."""
    found: Callable[[str], int | None] | None = None
    """The holder of an organisation's code."""


_holders: dict[str, Holder] = {}


def declare(holder: Holder) -> Holder:
    """Enter what a system says of holders; called once when it starts."""
    for kind in holder.kinds:
        _holders[kind] = holder
    return holder


def holders() -> Mapping[str, Holder]:
    """Every declaration by the kind of certificate."""
    return _holders
