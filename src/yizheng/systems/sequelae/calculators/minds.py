"""Psychological scales."""

from collections.abc import Iterator, Sequence
from typing import Any

from yizheng.kernel.calculators import BadInput, Parameter, Row, at_least, calculator
from yizheng.systems.sequelae import scales, sf36

_CLUSTERS = {"B": "cluster_b", "C": "cluster_c", "D": "cluster_d", "E": "cluster_e"}


def _answers(row: Row, scale: str, least: int, most: int) -> list[int | None]:
    words = row["answers"].split()
    if len(words) != scales.length(scale):
        raise BadInput.at(
            row["line"], "answers", row["answers"], f"应有{scales.length(scale)}个答案，现有{len(words)}个，请补齐。"
        )
    return [None if word == "-" else _answer(row, word, least, most) for word in words]


def _answer(row: Row, word: str, least: int, most: int) -> int:
    if not word.isdigit() or not least <= int(word) <= most:
        raise BadInput.at(row["line"], "answers", word, f"不是{least}至{most}的整数，漏答请写“-”。")
    return int(word)


@calculator(
    "sequelae.scale",
    "自评量表",
    source="PHQ-9、GAD-7、PCL-5、IES-R、SAS、SDS",
    input="scale:text answers:text",
    output=(
        "complete total standard grade alert rule_met cluster_b cluster_c cluster_d cluster_e intrusion avoidance"
        " hyperarousal"
    ),
    choices={"scale": scales.SELF_RATED},
    parameters={"cut": at_least(33.0)},
)
def scale(rows: Sequence[Row], cut: float) -> Iterator[dict[str, Any]]:
    """The scores of each questionnaire; an incomplete one is not scored."""
    for row in rows:
        part = scales.parts(row["scale"])[0]
        scored = scales.score(row["scale"], _answers(row, row["scale"], part.least, part.most), cut)
        if scored is None:
            yield {"complete": False}
            continue
        yield {
            "complete": True, "total": scored.total, "standard": scored.standard, "grade": scored.grade,
            "alert": scored.alert, "rule_met": scored.rule_met,
            **{_CLUSTERS.get(name, name): value for name, value in scored.clusters.items()},
        }  # fmt: skip


@calculator(
    "sequelae.scl90",
    "SCL-90",
    source="症状自评量表；中国常模1986采用1至5分",
    input="answers:text",
    output=(
        "complete total total_mean positive_items negative_items positive_mean som oc is dep anx hos phob par psy oth"
        " screen_positive alert"
    ),
    parameters={"base": Parameter(1, 0, 1)},
)
def scl90(rows: Sequence[Row], base: int) -> Iterator[dict[str, Any]]:
    """The factors and the screening of each questionnaire."""
    for row in rows:
        answers = _answers(row, "SCL-90", base, base + 4)
        known = tuple(answer + 1 - base for answer in answers if answer is not None)
        if len(known) < len(answers):
            yield {"complete": False}
            continue
        scored = scales.Scl90(known)
        yield {
            "complete": True, "total": scored.total, "total_mean": scored.total / len(known),
            "positive_items": scored.positive, "negative_items": len(known) - scored.positive,
            "positive_mean": scored.positive_mean, **scored.factors, "screen_positive": scored.screens_positive,
            "alert": scored.alert,
        }  # fmt: skip


@calculator(
    "sequelae.sf36",
    "SF-36",
    source="SF-36 第一版，重编码计分",
    input="answers:text*",
    output="PF RP BP GH VT SF RE MH HT",
)
def sf36_scores(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The eight scales of each questionnaire."""
    for row in rows:
        answers: dict[str, int] = {}
        for word in row["answers"].split():
            item, equals, answer = word.partition("=")
            most = sf36.most(item)
            if not equals or most is None or item in answers:
                raise BadInput.at(row["line"], "answers", word, "不是“题号=答案”的样子，或题号重复，请核对。")
            answers[item] = _answer(row, answer, 1, most)
        yield {**sf36.scores(answers), "HT": answers.get(sf36.CHANGE)}
