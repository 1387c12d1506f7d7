"""How grave what a rule finds is: high, mid or low; it decides until when a clue is verified."""

from collections.abc import Mapping
from typing import Final

_BY_GRADE: Final[Mapping[str, str]] = {
    "high": "I01 I02 I04 I07 I15 I17 I18 I20 D01 D02 D03 D07 D08 D14 N01 N02 N04 N06 X04 X06",
    "mid": "I05 I06 I10 I11 I12 I13 I14 I16 D04 D05 D06 D09 D10 D11 N05 X01 X02 X03 X05 X07",
    "low": "I03 I08 I09 I19 D12 D13 N03 X08",
}
SEVERITY: Final[Mapping[str, str]] = {code: grade for grade, codes in _BY_GRADE.items() for code in codes.split()}
WORDS: Final[Mapping[str, str]] = {"high": "高", "mid": "中", "low": "低"}
