"""Hips and lungs."""

from collections.abc import Iterator, Sequence
from typing import Any

from yizheng.kernel.calculators import BadInput, Row, calculator
from yizheng.systems.sequelae import hips, lungs

_SEXES = ("male", "female")
_ITEMS = tuple(hips.points())
_DEGREES = tuple(hips.BANDS)


@calculator(
    "sequelae.harris_hip",
    "Harris 评分",
    source="Harris 1969",
    input=" ".join((*_ITEMS, *_DEGREES)),
    output="motion_points total grade",
)
def harris_hip(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The score of each hip."""
    for row in rows:
        for item, allowed in hips.points().items():
            if row[item] not in allowed:
                wrong = f"不是评分表中的分值，可为{'、'.join(f'{each:g}' for each in sorted(allowed))}。"
                raise BadInput.at(row["line"], item, f"{row[item]:g}", wrong)
        motion = hips.motion(row)
        total = sum(row[item] for item in _ITEMS) + motion
        yield {"motion_points": motion, "total": total, "grade": hips.grade(total)}


@calculator(
    "sequelae.lung_reference",
    "肺功能预计值",
    source="GLI 2012、2017（2020更正）、2021、2022；Jian 2017",
    input="equation:text sex:text age height_cm measure:text group:text? measured?",
    output="predicted lln uln percent_predicted z",
    choices={"equation": lungs.equations(), "sex": _SEXES, "group": ("", *lungs.GROUPS)},
)
def lung_reference(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """What is predicted of each person, and where the measured value stands."""
    for row in rows:
        known = lungs.measures(row["equation"])
        if row["measure"] not in known:
            raise BadInput.at(row["line"], "measure", row["measure"], f"不在这一公式中，可为{'、'.join(known)}。")
        if row["equation"] == lungs.GROUPED and not row["group"]:
            raise BadInput.at(
                row["line"], "group", "", f"没有填写，{lungs.GROUPED} 需要人群，可为{'、'.join(lungs.GROUPS)}。"
            )
        for name in ("age", "height_cm", "measured"):
            if row[name] == 0:
                raise BadInput.at(row["line"], name, "0", "不能为0，请核对。")
        group = row["group"] if row["equation"] == lungs.GROUPED else ""
        found = lungs.reference(row["equation"], row["sex"], row["measure"], row["age"], row["height_cm"], group)
        yield {} if found is None else _placed(found, row["measured"])


def _placed(found: lungs.Reference, measured: float | None) -> dict[str, Any]:
    answer = {"predicted": found.median, "lln": found.at(-lungs.LIMIT), "uln": found.at(lungs.LIMIT)}
    if measured is None:
        return answer
    return answer | {"percent_predicted": 100 * measured / found.median, "z": found.z(measured)}


@calculator(
    "sequelae.lung_pattern",
    "通气类型",
    source="ERS/ATS 2022",
    input="fev1_z:signed fvc_z:signed fev1_fvc_z:signed tlc_z:signed?",
    output="pattern",
)
def lung_pattern(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The pattern of each person."""
    for row in rows:
        yield {"pattern": lungs.pattern(row["fev1_z"], row["fvc_z"], row["fev1_fvc_z"], row["tlc_z"])}


@calculator("sequelae.lung_severity", "严重度", source="ERS/ATS 2022", input="z:signed", output="severity")
def lung_severity(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The severity of each deviation."""
    for row in rows:
        yield {"severity": lungs.severity(row["z"])}


@calculator(
    "sequelae.six_minute_walk",
    "六分钟步行",
    source="Enright & Sherrill 1998",
    input="sex:text age height_cm weight_kg measured_m?",
    output="predicted_m lln_m percent_predicted",
    choices={"sex": _SEXES},
)
def six_minute_walk(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The distance predicted of each person."""
    for row in rows:
        metres = lungs.six_minute_walk(row["sex"], row["age"], row["height_cm"], row["weight_kg"])
        measured = row["measured_m"]
        share = None if measured is None or metres <= 0 else 100 * measured / metres
        yield {"predicted_m": metres, "lln_m": metres - lungs.WALK_BELOW[row["sex"]], "percent_predicted": share}
