"""HL7 v2 results (ORU^R01): an OBX with LOINC 634-6 or 6463-4 names the organism, those of its sub-identifier the drugs tested."""

from __future__ import annotations

from collections.abc import Sequence

from yizheng.systems.infection.uploads.files import BadPackage
from yizheng.systems.infection.uploads.foreign.results import Isolate, Test, compact_day
from yizheng.systems.infection.uploads.foreign.whonet import JUDGED

ORGANISM = frozenset({"634-6", "6463-4"})
"""Bacteria identified in a specimen, by aerobic culture and by culture."""


def isolates(content: bytes) -> list[Isolate]:
    """The isolates of one message or several. Raises BadPackage."""
    try:
        lines = content.decode("utf-8-sig").replace("\r\n", "\r").replace("\n", "\r").split("\r")
    except UnicodeDecodeError:
        raise BadPackage("HL7 消息不是 UTF-8") from None
    if not lines[0].startswith("MSH|"):
        raise BadPackage("不是 HL7 v2 消息：没有以 MSH| 开头")
    reading = _Message()
    for line in lines:
        reading.take(line.split("|"))
    return reading.found


class _Message:
    """What has been read so far: whose it is, of which specimen, and the organisms of it."""

    def __init__(self) -> None:
        self.found: list[Isolate] = []
        self._about = Isolate()
        self._organisms: dict[str, Isolate] = {}

    def take(self, fields: Sequence[str]) -> None:
        """Take one segment in."""
        name = fields[0]
        if name == "MSH":
            self._about, self._organisms = Isolate(), {}
        elif name == "PID":
            self._about.patient = _part(fields, 3)
        elif name == "PV1":
            self._about.ward = _part(fields, 3)
        elif name == "OBR":
            self._about.number, self._about.sampled = (
                _part(fields, 3) or _part(fields, 2),
                compact_day(_part(fields, 7)),
            )
            self._about.specimen, self._organisms = _part(fields, 15), {}
        elif name == "OBX":
            self._result(fields)

    def _result(self, fields: Sequence[str]) -> None:
        group = _part(fields, 4).partition(".")[0]
        if _part(fields, 3) in ORGANISM:
            about = self._about
            made = Isolate(about.number, about.patient, about.ward, about.specimen, about.sampled, _part(fields, 5))
            self._organisms[group] = made
            self.found.append(made)
        elif group in self._organisms:
            judged = _part(fields, 8).upper()
            sir = judged if judged in JUDGED else ""
            self._organisms[group].tests.append(Test(_part(fields, 3), _part(fields, 5), sir))


def _part(fields: Sequence[str], number: int) -> str:
    """The first component of a field; empty where there is none."""
    return fields[number].partition("~")[0].partition("^")[0].strip() if len(fields) > number else ""
