"""Ask the questions of `benchmarks/` (`python -m yizheng.cli.bench.ask SCALE [NAME…] [--json] [--list] [--known]`), as the job role."""

import json
import logging
import signal
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module

import django

from yizheng.cli.bench.laboratory import SCALES, Lab, environment
from yizheng.cli.bench.questions import DECLARED, Answered, Question, ask
from yizheng.cli.bench.watching import Others, TookTooLong, Usual, plans_kept
from yizheng.cli.folders import CHECKOUT, Folders
from yizheng.cli.trouble import Trouble

PLACE = CHECKOUT / "benchmarks"


def collect() -> dict[str, Question]:
    """All questions by name, in the order of their files."""
    for path in sorted(PLACE.glob("*.py")):
        if path.stem != "__init__":
            import_module(f"benchmarks.{path.stem}")
    return DECLARED


def chosen(names: list[str]) -> list[Question]:
    """The questions asked for, all when none is named; a file's name stands for all of its questions."""
    known = collect()
    if not names:
        return list(known.values())
    found: dict[str, Question] = {}
    for name in names:
        matching = [
            each for each in known.values() if each.name == name or each.answer.__module__ == f"benchmarks.{name}"
        ]
        if not matching:
            raise Trouble(f"没有“{name}”这个问题；./yizheng bench --list 列出全部")
        found |= {each.name: each for each in matching}
    return list(found.values())


def main(arguments: Sequence[str]) -> int:
    """Ask one after the other; 1 when an answer does not reach."""
    scale, *words = arguments
    as_json = "--json" in words
    questions = chosen([word for word in words if not word.startswith("--")])
    if "--known" in words:
        return 0
    if "--list" in words:
        for each in questions:
            print(f"{each.name}　{each.asks}；旁比：{each.beside}；要求 {_in_chinese(each.reach.words, each.unit)}")
        return 0
    lab = Lab(SCALES[scale], Folders.chosen(None))
    _beside(f"环境：{'，'.join(f'{name}={value}' for name, value in environment(lab).items())}", as_json)
    usual, told = Usual(lab.folders), Told(as_json)
    told.head()
    for each in questions:
        if lab.scale.name in each.scales or not (each.scales or lab.scale.other):
            _answered(each, lab, usual, told)
    told.foot()
    return 0 if told.all_reached else 1


@dataclass
class Told:
    """What is told of the answers: a line of JSON each, or one table with what there is to know of each row under it."""

    as_json: bool
    all_reached: bool = True
    _notes: list[str] = field(default_factory=list)

    def head(self) -> None:
        """The titles of the columns."""
        if not self.as_json:
            print(_row("", *_COLUMNS))
            print("－" * (sum(_WIDTHS) // 2))

    def row(self, answered: Answered, others: str) -> None:
        """An answer; what else kept the machine busy meanwhile."""
        self.all_reached = self.all_reached and answered.ok
        if self.as_json:
            print(_json(answered), flush=True)
            _beside(others, as_json=True)
            return
        asked, beside, ratio = answered.question, answered.beside, answered.ratio
        print(
            _row(
                "✓" if answered.ok else "✗", asked.name, f"{_figure(answered.ours)} {asked.unit}",
                "" if beside is None else _figure(beside), "" if ratio is None else f"{ratio:.2f}",
                _in_chinese(answered.reach.words, asked.unit), others,
            ),
            flush=True,
        )  # fmt: skip
        self._notes.append(
            "　".join(filter(None, (f"{asked.name}　{asked.asks}；旁比：{asked.beside}", answered.note)))
        )

    def stopped(self, question: Question, plan: Sequence[str]) -> None:
        """A question that was stopped, with the plan of what it was doing."""
        self.all_reached = False
        words = "\n    ".join(plan)
        said = f"✗ {question.name}　用时超过平时的十倍，已停止；最后开始的批量语句及其计划：\n    {words}"
        _beside(said, self.as_json)

    def foot(self) -> None:
        """What is asked in each row, and beside what."""
        print("\n".join(self._notes), end="\n" if self._notes else "", flush=True)


def _answered(question: Question, lab: Lab, usual: Usual, told: Told) -> None:
    others = Others(lab.folders)
    with plans_kept() as plan:
        try:
            with usual.of(question.name):
                answered = ask(question, lab)
        except TookTooLong:
            told.stopped(question, plan)
            return
    cores, most = others.busy()
    told.row(answered, f"{cores:.1f} 核（{most}）" if most else "")


_COLUMNS = ("问题", "所用", "旁比", "比值", "要求", "同时其他程序占用")
_WIDTHS = (2, 28, 18, 12, 9, 24, 0)


def _row(*cells: str) -> str:
    return " ".join(_padded(cell, width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _beside(sentence: str, as_json: bool) -> None:
    """Say what is no answer: beside the JSON lines, not among them."""
    if sentence:
        print(sentence, file=sys.stderr if as_json else sys.stdout, flush=True)


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


def _in_chinese(reach: str, unit: str) -> str:
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


if __name__ == "__main__":
    django.setup()
    logging.disable(logging.INFO)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code = main(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    except Trouble as trouble:
        print(f"错误：{trouble}", file=sys.stderr)
        code = 2
    sys.exit(code)
