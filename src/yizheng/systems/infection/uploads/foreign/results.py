"""What every foreign file is read into: isolates with their tests, in the codes of the file; the codes of WHONET become ours."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from yizheng.systems.infection.lists import DATA
from yizheng.systems.infection.records.declaring import Row
from yizheng.systems.infection.records.kinds import ISOLATES

SCREENING = "SCR"


@dataclass(slots=True)
class Test:
    """A drug tested: value as the file has it, judgement S, I, R or SDD where it has one."""

    drug: str
    value: str = ""
    sir: str = ""
    method: str = ""
    breakpoint: str = ""


@dataclass(slots=True)
class Isolate:
    """An organism of a specimen."""

    number: str = ""
    patient: str = ""
    ward: str = ""
    specimen: str = ""
    sampled: str = ""
    organism: str = ""
    tests: list[Test] = field(default_factory=list)


@cache
def known() -> Mapping[tuple[str, str], str]:
    """Our code by list and code of WHONET; what is not in it stays as it is and waits for the hospital's own map."""
    with (DATA / "whonet.csv").open(encoding="utf-8", newline="") as stream:
        return {(row["list"], row["theirs"].lower()): row["ours"] for row in csv.DictReader(stream)}


def rows_of(isolates: Iterable[Isolate]) -> Iterator[Row]:
    """The rows of the record: one a test, one for an organism without any."""
    empty: Row = dict.fromkeys(each.name for each in ISOLATES.fields)
    for each in isolates:
        specimen = _ours("specimen", each.specimen)
        about = {
            "number": each.number, "inpatient_number": each.patient, "ward": each.ward, "specimen": specimen,
            "sampled": each.sampled, "purpose": "S" if specimen == SCREENING else "C",
            "pathogen": _ours("pathogen", each.organism),
        }  # fmt: skip
        for test in each.tests or [Test("")]:
            said = {"drug": _ours("drug", test.drug), "method": test.method, "value": test.value, "sir": test.sir,
                    "breakpoint": test.breakpoint}  # fmt: skip
            yield {**empty, **{name: value or None for name, value in {**about, **said}.items()}}


def _ours(name: str, theirs: str) -> str:
    return known().get((name, theirs.lower()), theirs)


def compact_day(text: str) -> str:
    """20261009 or 202610091230 as 2026-10-09; anything else as it is, for the rules to name."""
    digits = text.strip()[:8]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 and digits.isdecimal() else text.strip()
