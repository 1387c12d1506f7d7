"""The answer to a batch, made anew from the kept file whenever it is asked for."""

import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PurePath

from yizheng.documents.attachments import store
from yizheng.documents.spreadsheets import Sheet, write
from yizheng.intake.answers.dbfs import answer_dbf
from yizheng.intake.answers.texts import answer_text
from yizheng.intake.answers.workbooks import answer_xlsx
from yizheng.intake.files import open_source
from yizheng.intake.files.archives import unpacked
from yizheng.intake.files.kinds import kind_of_file
from yizheng.intake.files.sheet_rows import NotPlain
from yizheng.intake.files.tables import Table
from yizheng.intake.models import Batch, Finding
from yizheng.intake.verdicts import ROWS_OF_A_TABLE

COLUMN = "核对结果"
Words = Mapping[int, str]
"""Number of a row in its table to what is to be said about it."""


def answer_name(batch: Batch) -> str:
    """What the answer is called: an old workbook is answered with a new one."""
    path = PurePath(batch.name)
    suffix = ".xlsx" if batch.kind == "xls" else path.suffix
    return f"{path.stem}-{COLUMN}{suffix}"


def write_answer(batch: Batch, target: Path) -> None:
    """Write the kept file with the findings of the batch in one more column. Raises UnreadableFile."""
    _write(store().path(batch.digest), batch.name, target, _words(batch))


@contextmanager
def answer_beside(batch: Batch, target: Path) -> Iterator[None]:
    """As ``write_answer``, in a thread beside what is done within: while the database loads, the file is written."""
    words = _words(batch)
    with ThreadPoolExecutor(1) as aside:
        writing = aside.submit(_write, store().path(batch.digest), batch.name, target, words)
        yield
        writing.result()


def _write(source: Path, name: str, target: Path, words: dict[int, str]) -> None:
    if kind_of_file(source, name) != "zip":
        _answer(source, name, target, words, 0)
        return
    table = 0
    with (
        tempfile.TemporaryDirectory(prefix="yizheng-answer-") as folder,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
    ):
        for number, (member, label) in enumerate(unpacked(source, name, Path(folder))):
            answer = Path(folder) / f"answer-{number}"
            table += _answer(member, label, answer, words, table)
            suffix = ".xlsx" if kind_of_file(member, label) == "xls" else PurePath(label).suffix
            package.write(answer, f"{PurePath(label).stem}{suffix}")


def _answer(source: Path, name: str, target: Path, words: dict[int, str], table: int) -> int:
    """Answer one file whose first table has this number; how many tables it has."""
    kind = kind_of_file(source, name)
    if kind == "csv":
        answer_text(source, name, target, _of_table(words, table), COLUMN)
        return 1
    if kind == "dbf":
        answer_dbf(source, target, _of_table(words, table), COLUMN)
        return 1
    with open_source(source, name) as opened:
        said = {one.name: _of_table(words, table + at) for at, one in enumerate(opened.tables)}
        widths = {one.name: one.columns for one in opened.tables}
        try:
            if kind == "xls":
                raise NotPlain(0)
            answer_xlsx(source, name, target, said, widths, COLUMN)
        except NotPlain:
            _answer_anew(opened.tables, target, said)
        return len(opened.tables)


def _answer_anew(tables: Sequence[Table], target: Path, said: Mapping[str, Words]) -> None:
    """Old workbooks, and such as only some programs write, are given back in a new one, with all their text."""
    sheets = []
    for one in tables:
        rows = [[*cells, said[one.name].get(number, "")] for number, _, cells in one.rows()]
        sheets.append(Sheet(one.name, [*(rows[0][:-1] if rows else []), COLUMN], rows[1:]))
    with target.open("wb") as stream:
        write(stream, *sheets)


def _words(batch: Batch) -> dict[int, str]:
    """What is said about each row that has findings."""
    said: dict[int, list[str]] = {}
    findings = Finding.objects.filter(batch=batch).order_by("row", "id")
    for row, message, known in findings.values_list("row", "message", "known").iterator(chunk_size=20_000):
        said.setdefault(row, []).append(f"{message}（登记为：{known}）" if known else message)
    return {row: "；".join(dict.fromkeys(words)) for row, words in said.items()}


def _of_table(words: dict[int, str], table: int) -> dict[int, str]:
    first = table * ROWS_OF_A_TABLE
    return {row - first: text for row, text in words.items() if first <= row < first + ROWS_OF_A_TABLE}
