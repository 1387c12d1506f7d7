"""Keep the code readable: no file over 400 lines, and of a hundred functions at most one over 50 lines."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from yizheng.cli.check.sources import checkout_files
from yizheng.cli.folders import CHECKOUT, CODE

FILE_LINES = 400
FUNCTION_LINES = 50
ONE_IN = 100
"""Of so many functions one may be longer."""


def main() -> int:
    """0 when files and functions keep their size; otherwise each that does not is named."""
    sources = [path for path in checkout_files(".py") if "migrations" not in path.parts]
    too_long = [f"{path}  有 {lines} 行，不得超过 {FILE_LINES} 行，请拆分" for path, lines in _long(sources)]
    functions = sorted((each for path in sources for each in _functions(path)), reverse=True)
    longer = [each for each in functions if each[0] > FUNCTION_LINES]
    if len(longer) > len(functions) // ONE_IN:
        too_long += [f"{place}  函数有 {lines} 行，不得超过 {FUNCTION_LINES} 行，请拆分" for lines, place in longer]
    percentile = functions[len(functions) // ONE_IN][0] if functions else 0
    print("\n".join([*too_long, f"{len(sources)} 个文件，函数长度第 99 百分位 {percentile} 行"]))
    return 1 if too_long else 0


def _long(sources: list[Path]) -> Iterator[tuple[Path, int]]:
    for path in sources:
        lines = len((CHECKOUT / path).read_text("utf-8").splitlines())
        if lines > FILE_LINES:
            yield path, lines


def _functions(path: Path) -> Iterator[tuple[int, str]]:
    """Length and place of every function of the product; tests tell stories and may be longer."""
    if not (CHECKOUT / path).is_relative_to(CODE):
        return
    for node in ast.walk(ast.parse((CHECKOUT / path).read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1, f"{path}:{node.lineno} {node.name}"


if __name__ == "__main__":
    sys.exit(main())
