"""Packages of hospitals' laboratories: a million results into the drafts of their months, every rule asked of every row."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from uuid import uuid4

from yizheng.cli.bench.laboratory import Lab
from yizheng.cli.bench.questions import Pair, at_least, question

PACKAGES, ROWS = 100, 10_000
DRUGS = ("J01XA01", "J01XX08", "J01CF04", "J01XA02", "J01DH02")
PERIOD = date(2025, 10, 1)


@question(
    "infection-upload-million",
    "感染监测：100 万行检验结果的数据包进入草稿，逐行执行全部规则，每秒行数",
    beside="合同要求 20,000 行每秒",
    unit="行/s",
    reach=at_least(20_000),
    runs=1,
)
def upload(lab: Lab) -> Iterator[Pair]:
    """A hundred packages of ten thousand rows, each of another hospital, read, translated, weighed and written; taken back at the end."""
    from django.db import transaction

    from yizheng.people.kinds import ScopeKind
    from yizheng.people.models import Scope
    from yizheng.people.scope import acting_as_system
    from yizheng.systems.infection.models import Plan, Unit
    from yizheng.systems.infection.records.kinds import ISOLATES
    from yizheng.systems.infection.uploads.receiving import receive
    from yizheng.systems.infection.uploads.writing import enclosed, packed

    rows = [
        {
            "number": f"B{number // 5}", "inpatient_number": f"ZY{number // 10}", "ward": "W1", "specimen": "BL",
            "sampled": PERIOD.replace(day=1 + number % 28).isoformat(), "purpose": "C", "pathogen": "BAC-GP-001",
            "drug": DRUGS[number % 5], "method": "M", "value": str(number % 16), "sir": "RS"[number % 4 > 0], "breakpoint": "CLSI 2025",
        }
        for number in range(ROWS)
    ]  # fmt: skip
    file = enclosed(1, ISOLATES, "", rows, none=False)
    took, said = 0.0, 0
    with acting_as_system("bench"), transaction.atomic():
        for hospital in Scope.objects.filter(kind=ScopeKind.ORGANISATION, subject__isnull=False).order_by("pk")[
            :PACKAGES
        ]:
            known = {"subject_id": hospital.subject_id or 0, "authority_scope": hospital.parent_id or 0}
            Unit.objects.create(**known, code="W1", name="内科", kind="ward", beds=40)
            Plan.objects.create(**known, record=ISOLATES.code, first=PERIOD)
            data = packed(str(uuid4()), 1, PERIOD, [file])
            began = time.perf_counter()
            package = receive(hospital, None, data)
            took, said = took + time.perf_counter() - began, said + len(package.receipt)
        transaction.set_rollback(True)
    hospitals = min(PACKAGES, lab.scale.institutions)
    yield Pair(hospitals * ROWS / took, 20_000.0, f"{hospitals * ROWS:,} 行，回执 {said:,} 条，每条指明行号和规则")
