"""Ask the questions (`python -m yizheng.cli.bench.ask SCALE [NAME…] [--json] [--list] [--known]`), as the job role."""

import logging
import os
import sys
from collections.abc import Sequence

import django

from yizheng.cli.bench import report
from yizheng.cli.bench.laboratory import Lab, environment
from yizheng.cli.bench.questions import Question, ask
from yizheng.cli.bench.scales import SCALES
from yizheng.cli.folders import Folders
from yizheng.cli.trouble import Trouble


def main(arguments: Sequence[str]) -> int:
    """Ask one after the other; 1 when an answer does not reach."""
    from yizheng.cli.bench.collection import chosen

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
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizheng.site.settings")
    django.setup()
    logging.disable(logging.INFO)
    try:
        code = main(sys.argv[1:])
    except Trouble as trouble:
        print(f"错误：{trouble}", file=sys.stderr)
        code = 2
    sys.exit(code)
