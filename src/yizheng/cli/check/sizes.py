"""Keep the code readable: no file over 400 lines, and of a hundred functions at most one over 50 lines.

With names of files it counts their lines of code instead: how much a business item takes, for one.
"""

import ast
import io
import sys
import tokenize
from collections.abc import Iterator, Sequence
from pathlib import Path

from yizheng.cli.check.sources import checkout_files
from yizheng.cli.folders import CHECKOUT, CODE

FILE_LINES = 400
FUNCTION_LINES = 50
ONE_IN = 100
"""Of so many functions one may be longer."""


_NO_CODE = frozenset(
    {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
)


def main(arguments: Sequence[str] = ()) -> int:
    """0 when files and functions keep their size; otherwise each that does not is named."""
    if arguments:
        counts = {name: code_lines(Path(name).read_text("utf-8")) for name in arguments}
        print("\n".join(f"{count:5} {name}" for name, count in {**counts, "合计": sum(counts.values())}.items()))
        return 0
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


def code_lines(source: str) -> int:
    """How many lines hold code: blank lines, comments, docstrings and imports are none."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    written = {line for each in tokens if each.type not in _NO_CODE for line in range(each.start[0], each.end[0] + 1)}
    for node in ast.walk(ast.parse(source)):
        told = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        if isinstance(node, ast.stmt) and (told or isinstance(node, ast.Import | ast.ImportFrom)):
            written -= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(written)


def _functions(path: Path) -> Iterator[tuple[int, str]]:
    """Length and place of every function of the product; tests tell stories and may be longer."""
    if not (CHECKOUT / path).is_relative_to(CODE):
        return
    for node in ast.walk(ast.parse((CHECKOUT / path).read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1, f"{path}:{node.lineno} {node.name}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
