"""导出: an act that is recorded: what, which fields, what for, in which form; a second person agrees where people are in it.

个人信息保护法 第五十一条、第五十五条: what leaves is told, limited to its purpose, and can be traced. Figures leave as they were shown,
hidden cells hidden. Rows leave without personal columns, people under pseudonyms. The file is made when it is taken, from the slices
the request names, marked with who took it and when, and may be taken for seven days.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from yizheng.analysis import asking, charts
from yizheng.analysis.keeping import Answered, scopes_of
from yizheng.analysis.models import Export, ExportState
from yizheng.analysis.questions import Cell, Question, Result
from yizheng.documents import spreadsheets
from yizheng.documents.paper.pdf import render
from yizheng.documents.spreadsheets import Sheet
from yizheng.kernel.signs import neutralised
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import Held
from yizheng.people.rights.grants import checked_reason
from yizheng.people.scopes import city
from yizheng.slices.pseudonyms import pseudonym
from yizheng.work import approval
from yizheng.work.models import Approval

KIND = "analysis.export"
OPEN_FOR = timedelta(days=7)
MOST_ROWS = 1_000_000
FORMS = {"xlsx": "电子表格", "csv": "CSV", "parquet": "Parquet", "pdf": "PDF"}
_TYPES = {
    "xlsx": spreadsheets.MEDIA_TYPE,
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "pdf": "application/pdf",
}
_AGREES = (Role.ANALYST, Role.DECIDER)
_PAGE = Path(__file__).parent / "typst" / "result.typ"
FIGURES, PSEUDONYMS, PLAIN = "汇总数字，小格不显示", "不含个人信息字段，人员以化名表示", "不含个人信息字段"


class NotExported(Exception):
    """The export cannot be asked for or taken; the words say why."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file that leaves."""

    name: str
    media_type: str
    content: bytes


@transaction.atomic
def request(answered: Answered, account: Account, *, form: str, purpose: str, rows_behind: bool) -> Export:
    """Ask for an export. Raises NotExported, or Refused where the purpose is no purpose."""
    if form not in FORMS or (rows_behind and form == "pdf"):
        raise NotExported("明细行不能导出为 PDF，请选其他格式" if form == "pdf" else "请选择格式")
    reason, question = checked_reason(purpose), answered.question
    people = question.of.of_people
    made = Export.objects.create(
        title=answered.sentence[:100], question=question.kept(), slices=answered.now.slices,
        compared=answered.before.slices if answered.before else [], scopes=list(scopes_of(account)), rows_behind=rows_behind,
        form=form, fields=_fields(question, answered.result, rows_behind=rows_behind), purpose=reason, account=account,
        masking=FIGURES if not rows_behind else PSEUDONYMS if people else PLAIN, expires=timezone.now() + OPEN_FOR,
        state=ExportState.WAITING if needs_consent(question, rows_behind=rows_behind) else ExportState.READY,
    )  # fmt: skip
    audit.record(account, "analysis.ask_export", f"export:{made.pk}", {"form": form, "reason": reason, **made.grounds})
    if made.state == ExportState.WAITING:
        approval.propose(KIND, f"export:{made.pk}", account, {"export": made.pk, "title": made.title}, reason)
    return made


def needs_consent(question: Question, *, rows_behind: bool) -> bool:
    """Whether a second person must agree: rows about people, or figures by what the public may not read of them."""
    return question.of.about_people and (rows_behind or question.protects)


def _fields(question: Question, result: Result, *, rows_behind: bool) -> list[str]:
    return [each.label for each in question.of.shown] if rows_behind else [*charts.heads(result)]


@transaction.atomic
def take(export: Export, account: Account) -> Made:
    """Make the file and let it go; each taking is recorded with the digest. Raises NotExported."""
    if export.expires < timezone.now():
        Export.objects.filter(pk=export.pk).update(state=ExportState.ENDED)
        raise NotExported("已过取走期限，请重新申请")
    if export.state not in (ExportState.READY, ExportState.TAKEN):
        raise NotExported("还没有批准，须由第二人在“待批准”中同意")
    mark = f"{account.display_name} {timezone.localtime():%Y-%m-%d %H:%M}　用途：{export.purpose}"
    now = asking.ground_again(export.slices)
    if export.rows_behind:
        content, rows = _rows_file(export, now, mark)
    else:
        before = asking.ground_again(export.compared) if export.compared else None
        result = asking.answer(export.asked, now, before, export.scopes)
        content, rows = _figures_file(export, result, now.day, mark), len(result.lines)
    digest = hashlib.sha256(content).hexdigest()
    Export.objects.filter(pk=export.pk).update(state=ExportState.TAKEN, rows=rows, digest=digest)
    audit.record(account, "analysis.take_export", f"export:{export.pk}", {"rows": rows, "digest": digest})
    return Made(f"分析导出_{export.pk}.{export.form}", _TYPES[export.form], content)


def _figures_file(export: Export, result: Result, day: date, mark: str) -> bytes:
    head = ["项目", *charts.heads(result)]
    rows = [[line.label, *map(_figure, line.cells)] for line in result.lines]
    if result.total:
        rest = len(result.heads) - len(result.total)
        rows.append(["合计", *map(_figure, result.total), *[""] * rest])
    if export.form == "pdf":
        return _pdf(export, head, rows, day, mark, charts.draw(export.asked, result))
    return _written(export, head, iter(rows), mark)


def _figure(cell: Cell) -> Any:
    return "不显示" if cell.hidden else "" if cell.value is None else cell.value


def _rows_file(export: Export, now: asking.Ground, mark: str) -> tuple[bytes, int]:
    question = export.asked
    found, number = asking.rows_behind(question, now, export.scopes, MOST_ROWS)
    if number > MOST_ROWS:
        raise NotExported(f"共 {number:,} 行，超过一次可导出的 {MOST_ROWS:,} 行，请加筛选")
    head = ["人员化名" if question.of.of_people else "主体", *(each.label for each in question.of.shown[1:])]
    return _written(export, head, _rows(found, people=question.of.of_people), mark), found.height


def _rows(found: pl.DataFrame, *, people: bool) -> Iterator[list[Any]]:
    for subject, *values in found.iter_rows():
        yield [
            pseudonym(subject) if people else subject,
            *("、".join(each) if isinstance(each, list) else each for each in values),
        ]


def _written(export: Export, head: Sequence[str], rows: Iterator[list[Any]], mark: str) -> bytes:
    if export.form == "parquet":
        stream = BytesIO()
        texts = {f"{at + 1:02d} {name}": pl.String for at, name in enumerate(head)}
        plain = ([None if each is None else str(each) for each in row] for row in rows)
        pl.DataFrame(list(plain), schema=texts, orient="row").write_parquet(
            stream, metadata={"watermark": mark.encode().hex()}
        )
        return stream.getvalue()
    if export.form == "csv":
        text = StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow([f"{export.title}　{mark}"])
        writer.writerow(head)
        writer.writerows([neutralised(str(each)) if isinstance(each, str) else each for each in row] for row in rows)
        return text.getvalue().encode("utf-8-sig")
    stream = BytesIO()
    notes = (export.title, f"{mark}　内部资料，按申请用途使用，不得转给他人")
    spreadsheets.write(stream, Sheet("分析导出", head, rows, widths=[24, *(14 for _ in head[1:])], notes=notes))
    return stream.getvalue()


def _pdf(export: Export, head: Sequence[str], rows: list[list[Any]], day: date, mark: str, picture: str) -> bytes:
    data = {
        "title": export.title, "mark": mark, "head": [*head], "picture": bool(picture), "slices": export.slices,
        "rows": [[f"{each:,}" if isinstance(each, int) else str(each) for each in row] for row in rows],
    }  # fmt: skip
    return render(_PAGE, data, dated=day, pictures={"chart.svg": picture.encode()} if picture else None)


def _authority(export: Export) -> int:
    """The authority whose people may agree: the city where the export reaches over it, else its own district."""
    whole = city().pk
    return whole if whole in export.scopes else int(export.scopes[0])


def _may_decide(held: Held, asked: Approval) -> bool:
    export = Export.objects.filter(pk=asked.payload["export"]).first()
    return export is not None and any(held.has_over(role, [_authority(export)]) for role in _AGREES)


def _carry_out(asked: Approval) -> None:
    waiting = Export.objects.filter(pk=asked.payload["export"], state=ExportState.WAITING)
    if waiting.update(state=ExportState.READY, approver=asked.decider, expires=timezone.now() + OPEN_FOR) != 1:
        raise approval.ApprovalRefused("这项导出已由他人处理，请刷新后再看")


approval.ApprovalKind(KIND, title="导出分析数据", may_decide=_may_decide, carry_out=_carry_out)
