"""The answers as a person reads them, and as JSON lines."""

import json
import sys
import unicodedata
from collections.abc import Mapping

from yizheng.cli.bench.questions import Answered, Question


def head(environment: Mapping[str, str], *, as_json: bool) -> None:
    """What was measured on; beside the JSON lines, not among them."""
    words = "，".join(f"{name}={value}" for name, value in environment.items())
    print(f"环境：{words}", file=sys.stderr if as_json else sys.stdout, flush=True)


def line(answered: Answered, *, as_json: bool) -> None:
    """One answer."""
    print(_json(answered) if as_json else _text(answered), flush=True)


def skipped(question: Question, why: str, *, as_json: bool) -> None:
    """A question that was not asked, and why."""
    print(f"－ {question.name}　{why}", file=sys.stderr if as_json else sys.stdout, flush=True)


def _json(answered: Answered) -> str:
    ratio = answered.ratio
    return json.dumps(
        {
            "question": answered.question.name,
            "ours": _rounded(answered.ours),
            "beside": _rounded(answered.beside),
            "unit": answered.question.unit,
            "ratio": None if ratio is None else round(ratio, 3),
            "reach": answered.reach.words,
            "ok": answered.ok,
        },
        ensure_ascii=False,
    )


def _text(answered: Answered) -> str:
    asked = answered.question
    beside = "" if answered.beside is None else f"　旁比 {_figure(answered.beside)}　比值 {answered.ratio or 0:.2f}"
    mark, reach = "✓" if answered.ok else "✗", in_chinese(answered.reach.words, asked.unit)
    lines = [
        f"{mark} {_padded(asked.name, 28)} {_figure(answered.ours)} {asked.unit}{beside}　要求 {reach}",
        f"    {asked.asks}；旁比：{asked.beside}",
        *([f"    {answered.note}"] if answered.note else []),
    ]
    return "\n".join(lines)


def in_chinese(reach: str, unit: str) -> str:
    """How far an answer must reach; a ratio has no unit."""
    if "ratio" in reach:
        return reach.replace("ratio", "比值")
    return "只报告，不设" if reach == "reported" else f"{reach} {unit}"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.5g}")


def _padded(text: str, width: int) -> str:
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return text.ljust(width - wide)
