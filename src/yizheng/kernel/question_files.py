"""The files a calculator is asked with: text in UTF-8, and tables with a heading."""

import csv
import io
from pathlib import Path

from yizheng.kernel.calculators import BadInput


def text_in(path: str | Path, what: str = "文件") -> str:
    """The text of a file. Raises BadInput."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        raise BadInput(f"读不了{what}“{path}”，请核对路径，并保存为 UTF-8 编码。") from None


def table_in(path: str | Path) -> tuple[list[str], list[list[str]]]:
    """Heading and lines of a CSV file. Raises BadInput."""
    try:
        lines = list(csv.reader(io.StringIO(text_in(path), newline=""), strict=True))
    except csv.Error:
        raise BadInput(f"“{path}”不是完整的 CSV 文件，请核对引号。") from None
    if not lines:
        raise BadInput(f"“{path}”是空文件，请写表头和至少一行数据。")
    return lines[0], lines[1:]
