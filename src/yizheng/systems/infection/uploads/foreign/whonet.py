"""WHONET exports: a line an isolate, a column a drug (VAN_ND30: drug, guideline, method, disk), separated by tab, comma or bar."""

from __future__ import annotations

import csv
import io
import re

from yizheng.systems.infection.uploads.files import BadPackage
from yizheng.systems.infection.uploads.foreign.results import Isolate, Test

_DRUG = re.compile(r"([A-Z0-9]{3})_([NEFSBC])([DMEdme])\w*")
_GUIDELINES = {"N": "CLSI", "E": "EUCAST", "F": "CA-SFM", "S": "SRGA", "B": "BSAC", "C": "DIN"}
_METHODS = {"D": "K", "M": "M", "E": "E"}
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
JUDGED = frozenset({"S", "I", "R", "SDD"})


def isolates(content: bytes) -> list[Isolate]:
    """The isolates of a file. Raises BadPackage."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadPackage("WHONET 文件不是 UTF-8，请从 WHONET 以文本格式导出") from None
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=max("\t,|", key=first.count))
    heading = set(reader.fieldnames or ())
    if lacking := [name for name in ("PATIENT_ID", "SPEC_NUM", "SPEC_DATE", "ORGANISM") if name not in heading]:
        raise BadPackage(f"不是 WHONET 文件：没有 {lacking[0]} 列")
    return [_isolate({name: value or "" for name, value in row.items() if isinstance(name, str)}) for row in reader]


def _isolate(row: dict[str, str]) -> Isolate:
    return Isolate(
        row["SPEC_NUM"], row["PATIENT_ID"], row.get("WARD", ""), row.get("SPEC_TYPE", ""), _day(row["SPEC_DATE"]), row["ORGANISM"],
        [test for name, value in row.items() if value.strip() and (test := _test(name, value.strip()))],
    )  # fmt: skip


def _test(column: str, value: str) -> Test | None:
    found = _DRUG.fullmatch(column)
    if found is None:
        return None
    drug, guideline, method = found.groups()
    judged = value.upper() in JUDGED
    return Test(
        drug, "" if judged else value, value.upper() if judged else "", _METHODS[method.upper()], _GUIDELINES[guideline]
    )


def _day(text: str) -> str:
    """Day/month/year as WHONET writes it, as ISO."""
    found = _SLASHED.fullmatch(text.strip())
    return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else text.strip()[:10]
