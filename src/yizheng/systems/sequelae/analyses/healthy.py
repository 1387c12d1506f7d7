"""与健康人群对比: how many have a finding beside how many would at the rates of healthy people of their sex (indirect standardisation).

The ratio of one group must not be compared with that of another with different ages; the source of the reference is printed.
"""

from collections.abc import Sequence
from typing import Any

from yizheng.kernel.statistics.several import Standardisation, Stratum
from yizheng.systems.sequelae.analyses.dataset import Dataset
from yizheng.systems.sequelae.analyses.diseases import CONFIDENCE, DISEASES, SMALL, counted
from yizheng.systems.sequelae.tables import rows

SEXES = {"male": "男", "female": "女"}


def references() -> list[dict[str, str]]:
    """The published rates there are."""
    return list(rows("healthy_reference"))


def compared(data: Dataset, year: int) -> list[dict[str, Any]]:
    """One line a finding: observed, expected, their ratio with the exact interval; a line of few people hides its counts."""
    return [_line(data, reference, year) for reference in references()]


def _line(data: Dataset, reference: dict[str, str], year: int) -> dict[str, Any]:
    disease = DISEASES[reference["condition"]]
    strata = []
    for sex in SEXES:
        of_sex = [each for each in data.subjects if each.sex == sex]
        examined, found = counted(of_sex, disease, year)
        rate = float(reference[sex] or reference["whole"]) / 100
        strata.append(Stratum(examined, found, rate, examined))
    whole = Standardisation(strata)
    line: dict[str, Any] = {
        "title": disease.title, "population": reference["population"], "source": reference["source"],
        "examined": sum(each.people for each in strata),
    }  # fmt: skip
    exact = whole.exact(CONFIDENCE)
    if exact is None:
        return line
    if 0 < whole.observed < SMALL or 0 < line["examined"] - whole.observed < SMALL:
        return line | {"hidden": True}
    return line | {
        "observed": whole.observed, "expected": round(whole.expected, 1), "ratio": round(whole.observed / whole.expected, 2),
        "low": round(exact[0], 2), "high": round(exact[1], 2),
    }  # fmt: skip


def warnings(lines: Sequence[dict[str, Any]]) -> list[str]:
    """What belongs beside the comparison."""
    told = ["参考患病率来自不同年代和年龄的调查，本表只按性别标化；各行之间不能互相比较大小。"]
    if any(line.get("hidden") for line in lines):
        told.append(f"少于 {SMALL} 人的不显示。")
    return told
