"""The screening of adverts on the labelled corpus: precision and recall of what it calls a violation, and texts a second."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from benchmarks.advert_texts import Labelled, corpus
from yizheng.cli.bench.laboratory import Lab
from yizheng.cli.bench.questions import REPORTED, Pair, at_least, question
from yizheng.systems.adverts.screening.screen import Screening, screen

BESIDE = "语料标注（docs/advert-screening.md）"


def screened() -> list[tuple[Labelled, Screening]]:
    """The corpus with what the screening says of each text."""
    return [(each, screen(each.text, each.outlet, each.licence)) for each in corpus()]


def right(each: Labelled, found: Screening) -> bool:
    """Whether verdict, rules and items are those of the label; what is outside the eight items does no harm beside a rule."""
    hits = tuple(code for code in found.codes if code != "OUT" or found.codes == ("OUT",))
    return (found.verdict, hits, found.items) == (each.verdict, each.hits, each.items)


def _rate(name: str, asks: str, whole: str) -> None:
    @question(name, asks, beside=BESIDE, unit="%", reach=at_least(95), runs=1)
    def rate(lab: Lab) -> Iterator[Pair]:
        found = [(each.verdict == "violation", answer.verdict == "violation") for each, answer in screened()]
        both = sum(label and said for label, said in found)
        all_of = sum(label if whole == "label" else said for label, said in found)
        yield Pair(
            100 * both / all_of,
            100.0,
            f"{both}/{all_of}，语料 {len(found)} 篇，其中 {sum(not label for label, _ in found)} 篇合规",
        )


_rate("screening-precision", "广告初筛：判为违规的文字中确实违规的比例", "said")
_rate("screening-recall", "广告初筛：违规文字中被查出的比例", "label")


@question(
    "screening-exact",
    "广告初筛：结论、规则、事项全部与标注一致的比例",
    beside=BESIDE,
    unit="%",
    reach=at_least(95),
    runs=1,
)
def exact(lab: Lab) -> Iterator[Pair]:
    answers = screened()
    same = sum(right(each, found) for each, found in answers)
    yield Pair(100 * same / len(answers), 100.0, f"{same}/{len(answers)}")


@question("screening-speed", "广告初筛：每秒文字数", beside=BESIDE, unit="texts/s", reach=REPORTED, runs=1)
def speed(lab: Lab) -> Iterator[Pair]:
    texts = corpus()
    since = perf_counter()
    for each in texts:
        screen(each.text, each.outlet, each.licence)
    yield Pair(len(texts) / (perf_counter() - since), None, f"语料 {len(texts)} 篇")
