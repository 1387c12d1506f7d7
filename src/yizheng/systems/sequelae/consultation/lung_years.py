"""The lungs of a person year by year: what was predicted of her, z, the lower limit, pattern and severity (ERS/ATS 2022).

Spirometry by Jian 2017 (Chinese), transfer factor by GLI 2017 (Caucasian; there is no Chinese one), capacities by GLI 2021.
A transfer factor is corrected for haemoglobin when that year's is known; the measured one is kept beside it.
"""

from dataclasses import dataclass
from datetime import date

from yizheng.systems.sequelae import lungs
from yizheng.systems.sequelae.consultation.years import Year

DAYS_A_YEAR = 365.25
MEASURES = (
    ("fvc", "FVC", "Jian-2017", "FVC", 1.0),
    ("fev1", "FEV1", "Jian-2017", "FEV1", 1.0),
    ("fev1_fvc", "FEV1/FVC", "Jian-2017", "FEV1_FVC_percent", 100.0),
    ("tlc", "TLC", "GLI-2021", "TLC", 1.0),
    ("dlco", "DLCO", "GLI-2017", "DLCO", 1.0),
)
"""Item, title, equation, its name there, and by what the value is multiplied for it."""
PATTERNS = {
    "normal": "正常", "obstruction": "阻塞", "obstruction_low_fvc": "阻塞伴 FVC 降低", "mixed": "混合", "air_trapping": "阻塞伴气体陷闭",
    "possible_restriction": "可能限制（未测肺总量）", "restriction": "限制", "non_specific": "非特异",
}  # fmt: skip
SEVERITIES = {"normal": "正常", "mild": "轻度", "moderate": "中度", "severe": "重度"}
_HAEMOGLOBIN = {"male": 10.22, "female": 9.38}


@dataclass(frozen=True, slots=True)
class Placed:
    """One measure of a year: measured, predicted, lower limit, z and percent of predicted."""

    title: str
    equation: str
    measured: float
    predicted: float
    limit: float
    z: float

    @property
    def percent(self) -> float:
        """Percent of predicted, as older reports have it; never in one trend with z."""
        return 100 * self.measured / self.predicted

    @property
    def severity(self) -> str:
        """How severe the deviation is."""
        return SEVERITIES[lungs.severity(self.z)]


@dataclass(frozen=True, slots=True)
class LungYear:
    """One year."""

    year: int
    placed: dict[str, Placed]
    corrected: bool

    @property
    def pattern(self) -> str:
        """The pattern of ventilation; empty where spirometry is not whole."""
        z = {code: each.z for code, each in self.placed.items()}
        if not {"fev1", "fvc", "fev1_fvc"} <= z.keys():
            return ""
        return PATTERNS[lungs.pattern(z["fev1"], z["fvc"], z["fev1_fvc"], z.get("tlc"))]


def corrected_transfer(dlco: float, haemoglobin: float, sex: str) -> float:
    """The transfer factor at a normal haemoglobin; haemoglobin in g/L."""
    grams = haemoglobin / 10
    return dlco * (_HAEMOGLOBIN[sex] + grams) / (1.7 * grams)


def lung_years(years: list[Year], sex: str, born: date | None) -> list[LungYear]:
    """The years in which anything of the lungs was measured; without a day of birth nothing can be predicted."""
    found, height = [], None
    for year in years:
        height = year.number("height") or height
        if born is None or height is None:
            continue
        age = (year.on - born).days / DAYS_A_YEAR
        placed = {}
        for code, title, equation, name, factor in MEASURES:
            measured = _measured(year, code, sex)
            reference = lungs.reference(equation, sex, name, age, height)
            if measured is None or reference is None:
                continue
            value = measured * factor
            at = (value, reference.median, reference.at(-lungs.LIMIT))
            placed[code] = Placed(title, equation, *at, reference.z(value))
        if placed:
            found.append(LungYear(year.year, placed, "dlco" in placed and year.number("hgb") is not None))
    return found


def _measured(year: Year, code: str, sex: str) -> float | None:
    measured, haemoglobin = year.number(code), year.number("hgb")
    if code == "dlco" and measured is not None and haemoglobin is not None:
        return corrected_transfer(measured, haemoglobin, sex)
    return measured
