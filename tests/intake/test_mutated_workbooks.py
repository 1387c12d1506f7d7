"""A workbook damaged at random is read as calamine reads it, or refused in words: never otherwise without a word.

``YIZHENG_MUTATIONS`` says how many are tried (10,000 by night), and ``YIZHENG_SEED`` draws others.
"""

import os
import random
from pathlib import Path

import fastexcel
import pytest

from tests.intake.mutations import mutated, read_by_calamine, read_by_us, workbooks
from yizheng.intake.files import UnreadableFile

TRIED = int(os.environ.get("YIZHENG_MUTATIONS", "300"))
SEED = int(os.environ.get("YIZHENG_SEED", "1"))
PORTIONS = 4


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_a_damaged_workbook_is_read_as_others_read_it_or_refused(tmp_path: Path, portion: int) -> None:
    path, books = tmp_path / "a.xlsx", workbooks()
    read = 0
    for at in range(portion, TRIED, PORTIONS):
        path.write_bytes(mutated(random.Random(f"{SEED}:{at}"), books[at % len(books)]))
        try:
            ours = read_by_us(path)
        except UnreadableFile:
            continue
        try:
            theirs = read_by_calamine(path)
        except fastexcel.FastExcelError:
            continue
        assert ours == theirs, f"mutation {SEED}:{at}"
        read += 1
    assert read
