"""Ask the questions of `benchmarks/` (`python -m yizheng.cli.bench.ask SCALE [NAME…] [--json] [--list] [--known]`), as the job role."""

import logging
import sys
from collections.abc import Sequence
from importlib import import_module

import django

from yizheng.cli.bench import report
from yizheng.cli.bench.laboratory import Lab, environment
from yizheng.cli.bench.questions import DECLARED, Question, ask
from yizheng.cli.bench.scales import SCALES
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
    from yizheng.cli.bench.ask import chosen

    scale, *words = arguments
    as_json = "--json" in words
    questions = chosen([word for word in words if not word.startswith("--")])
    if "--known" in words:
        return 0
    if "--list" in words:
        for each in questions:
            print(
                f"{each.name}　{each.asks}；旁比：{each.beside}；要求 {report.in_chinese(each.reach.words, each.unit)}"
            )
        return 0
    lab = Lab(SCALES[scale], Folders.chosen(None))
    report.head(environment(lab), as_json=as_json)
    reached = [_answered(each, lab, as_json) for each in questions]
    return 0 if all(reached) else 1


def _answered(question: Question, lab: Lab, as_json: bool) -> bool:
    if question.scales and lab.scale.name not in question.scales and not lab.scale.hidden:
        report.skipped(question, f"只在规模 {'、'.join(question.scales)} 上测量", as_json=as_json)
        return True
    answered = ask(question, lab)
    report.line(answered, as_json=as_json)
    return answered.ok


if __name__ == "__main__":
    django.setup()
    logging.disable(logging.INFO)
    try:
        code = main(sys.argv[1:])
    except Trouble as trouble:
        print(f"错误：{trouble}", file=sys.stderr)
        code = 2
    sys.exit(code)
