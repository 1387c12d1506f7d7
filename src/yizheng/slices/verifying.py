"""验证: the rules over every table, the sample compared by hand, the conclusion, and what it rests on."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.slices import canonical, quality, sampling
from yizheng.slices.columns import read
from yizheng.slices.models import Sample, SampleState, Slice, SliceReport, SliceState, SliceTable
from yizheng.slices.quality import Result
from yizheng.slices.remaking import path_of, scan

PASSED, REMARKS, FAILED = "通过", "有保留通过", "不通过"


class NotReady(Exception):
    """What must be there before a report can be made or signed is not."""


@transaction.atomic
def verify(made: Slice, account: Account | None) -> SliceReport:
    """Ask every rule, and draw the sample if there is none yet. Raises NotReady."""
    if made.state in (SliceState.SIGNED, SliceState.RELEASED, SliceState.RETIRED):
        raise NotReady("切片已经签字或者销毁，不能重新验证")
    results = [asdict(each) for part in made.tables.all() for each in _results(made, part)]
    report, _ = SliceReport.objects.update_or_create(slice=made, defaults={"results": results})
    if not made.samples.exists():
        subjects = subjects_of(made)
        chosen = sampling.drawn(made.digest, subjects, sampling.size(len(subjects)))
        Sample.objects.bulk_create(Sample(slice=made, number=n, subject=one) for n, one in enumerate(chosen, 1))
    audit.record(account, "slice.verify", f"slice:{made.pk}", {"hits": sum(each["hit"] for each in results)})
    return report


def subjects_of(made: Slice) -> list[int]:
    """Every subject of a slice once, in order."""
    found = [scan(part).select(pl.col("subject_id").unique()).collect() for part in made.tables.all()]
    return pl.concat(found)["subject_id"].unique().sort().to_list() if found else []


def _results(made: Slice, part: SliceTable) -> list[Result]:
    columns, path = read(part.columns), path_of(part)
    rows = pl.read_parquet(path)
    found = list(quality.results(part.table, rows, columns, made.valid_on))
    for column in columns:
        standing = _standing(made, column.of) if column.of else None
        if standing is not None:
            found.append(quality.dangling(part.table, rows, column, standing))
    same = canonical.digest_of(path, columns) == part.digest
    found.append(Result("V61", "文件可读，内容摘要与清单一致", "06", part.table, 1, 0 if same else 1))
    return found


def _standing(made: Slice, register: str) -> pl.Series | None:
    """The subjects of another register's slice of the same position; nothing where there is none."""
    beside = Slice.objects.filter(register=register, position=made.position, valid_on=made.valid_on, parent=None)
    of = beside.exclude(state=SliceState.RETIRED).first()
    return pl.Series(subjects_of(of), dtype=pl.Int64) if of else None


@transaction.atomic
def compare(made: Slice, verdicts: dict[int, tuple[str, str]], account: Account) -> int:
    """Keep what the comparison of sampled subjects found, by their numbers; how many were kept."""
    kept = 0
    for number, (verdict, note) in verdicts.items():
        if verdict in (SampleState.SAME, SampleState.DIFFERS):
            kept += made.samples.filter(number=number).update(
                verdict=verdict, note=note[:200], checked_by=account, checked_at=timezone.now()
            )
    audit.record(account, "slice.compare", f"slice:{made.pk}", {"checked": kept})
    return kept


def standing_of(made: Slice) -> dict[str, Any]:
    """Sampled, compared and differing, and what the slice would be concluded to be now, with the reasons against it."""
    sampled = made.samples.count()
    open_, differing = made.samples.filter(verdict="").count(), made.samples.filter(verdict=SampleState.DIFFERS).count()
    reasons = []
    report = SliceReport.objects.filter(slice=made).first()
    agreed = made.reconciliations.first() or (made.parent.reconciliations.first() if made.parent else None)
    if report is None:
        reasons.append("还没有验证")
    if agreed is not None and not agreed.agrees:
        reasons.append("与前一切片对账不符")
    if open_:
        reasons.append(f"抽样还有 {open_} 个没有核对")
    if sampled and not open_ and (sampled - differing) / sampled < sampling.AGREEMENT:
        reasons.append(f"抽样相符率 {(sampled - differing) / sampled:.1%}，低于 {sampling.AGREEMENT:.0%}")
    findings = report.findings if report else []
    if any(each["rule"] in ("V31", "V61") for each in findings):
        reasons.append("登记项重复或者文件摘要不符")
    conclusion = FAILED if reasons else REMARKS if findings or differing else PASSED
    return {"sampled": sampled, "open": open_, "differing": differing, "reasons": reasons, "conclusion": conclusion}
