"""What the words around a finding make of it: denied, doubted, past, a relative's, changed, sided, graded, staged, measured."""

import re
from enum import StrEnum


class Certainty(StrEnum):
    """How sure a finding is, and whose."""

    PRESENT = "present"
    UNCERTAIN = "uncertain"
    ABSENT = "absent"
    HISTORY = "history"
    FAMILY = "family"


SAME = re.compile(
    r"(?:较前|较上次|与前片?比?|对比|同前|比较)?(?:相仿|大致相仿|大致同前|基本同前|无著变|变化不大|稳定)|"
    r"(?:未见|无|未有|没有)(?:明显|显著|著|明确)?(?:变化|改变|进展|增大|增多|缩小)|(?:较前|大致|基本)?同前|无著变"
)
BETTER = re.compile(
    r"(?:较前|较上次|比前|与前[^,]{0,6})[^,;]{0,6}?(?:好转|吸收|缩小|减轻|减少|改善|变小|变淡|减小)|(?:明显|部分|逐渐)?(?:好转|吸收)"
)
WORSE = re.compile(
    r"(?:较前|较上次|比前|与前[^,]{0,6})[^,;]{0,6}?(?:进展|增大|增多|加重|增加|变大|恶化|扩大|增厚|加深)|进展|恶化"
)

DOUBT_AROUND = re.compile(r"不除外|不能除外|未除外|未能除外|待除外|不排除|不能排除|不能完全排除|未排除|待排除?|\?")
"""Doubts wherever they stand in the clause."""
DOUBT_BEFORE = re.compile(r"可疑|疑似|疑诊|疑为|怀疑|疑|考虑|可能(?:为|是|性)?|倾向|有无|是否")
"""Doubts of what follows."""
DOUBT_AFTER = re.compile(r"可能|可疑|\(疑\)|待查|待诊|可能性大")
"""Doubts of what stands before."""
DENIED = re.compile(
    r"未见|未及|未发现|未触及|未探及|未显示|未提示|未闻及|未查见|未检出|未出现|没有|排除|除外|否认|不伴|不考虑|"
    r"(?<!有)无(?!菌|症状|痛|力|法|创|明显变化|著变|变化)|非(?=股骨头|结节)"
)
DENIED_AFTER = re.compile(r"阴性|\(-\)|已排除|未见异常|消失|已除外|\[-\]|(?:未见|未及|未发现|未查见|不明显)$|^除外$")
BUT = re.compile(r"但|仅|而|唯|余见|可见")
"""A denial ends here."""
RELATIVE = re.compile(r"家族|父|母(?!斑|指|趾)|兄|弟|姐|妹|祖|外公|外婆|爷爷|奶奶|姥|叔|伯|姑|舅|姨|子女|儿子|女儿")
PAST_BEFORE = re.compile(r"既往|曾患|曾有|曾因|曾经|曾诊断|曾行|病史[:：]")
PAST_AFTER = re.compile(r"^(?:病)?史|^[^、和及伴]{0,8}术后")

BOTH = re.compile(r"双(?!能|重|源|期|氧|向|相)|两侧|左右|左、右|左及右|左侧及右侧|两肺|两肾")
LEFT, RIGHT = re.compile("左"), re.compile("右")
ONE_WORSE = re.compile(r"[左右]侧?(?:为著|为主|较重|较著|明显|显著|为甚|重)")
"""Which of two sides is worse; it takes nothing from the other."""

GRADES = {"轻": "mild", "中": "moderate", "重": "severe"}
GRADE = re.compile(r"([轻中重])(?:度|型)|(?:程度[:：]?)([轻中重])")
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
STAGE = re.compile(
    r"(?:(ARCO|Ficat|FICAT|Steinberg|STEINBERG)\s*(?:分期|分级)?[:：]?\s*)?(IV|I{1,3}|[1-4])\s*([A-Ca-c])?\s*期"
    r"|(ARCO|Ficat|FICAT|Steinberg|STEINBERG)\s*(?:分期|分级)?[:：]?\s*(IV|I{1,3}|[1-4])\s*([A-Ca-c])?"
)
CATEGORY = re.compile(r"(TI|BI)-?\s?RADS\s*(?:分类|分级)?[:：]?\s*([0-6]|I{1,3}|IV|V)\s*([A-Ca-c])?", re.IGNORECASE)
_CATEGORY_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
SIZE = re.compile(
    r"((?:\d+(?:\.\d+)?\s*(?:mm|cm|毫米|厘米)?\s*[x×*~-]\s*)*\d+(?:\.\d+)?)\s*(mm|cm|毫米|厘米)(?![A-Za-z])",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"(\d+(?:\.\d+)?)\s*(mm|cm|毫米|厘米)?", re.IGNORECASE)


def change_of(clause: str) -> str:
    """How a finding changed: better, worse, the same, or nothing said."""
    for name, pattern in (("same", SAME), ("better", BETTER), ("worse", WORSE)):
        if pattern.search(clause):
            return name
    return ""


def grade_of(text: str) -> str:
    """How grave, as written (mild, moderate, severe); of two, the graver."""
    found = [one or other for one, other in GRADE.findall(text)]
    return GRADES[max(found, key="轻中重".index)] if found else ""


def stage_of(text: str) -> str:
    """A stage with its system, in ASCII Roman numerals: ``ARCO IIIA``."""
    found = STAGE.search(text)
    if not found:
        return ""
    system, number, letter = (found[1], found[2], found[3]) if found[2] else (found[4], found[5], found[6])
    system = {"FICAT": "Ficat", "STEINBERG": "Steinberg"}.get(system or "", system or "")
    return f"{system} {_ROMAN.get(number, number)}{(letter or '').upper()}".strip()


def category_of(text: str) -> str:
    """A category of imaging: ``BI-RADS 4A``."""
    found = CATEGORY.search(text)
    if not found:
        return ""
    number = _CATEGORY_ROMAN.get(found[2].upper(), found[2])
    return f"{found[1].upper()}-RADS {number}{(found[3] or '').upper()}"


def size_of(text: str) -> float | None:
    """The largest measure in millimetres."""
    sizes = []
    for measures, last_unit in SIZE.findall(text):
        for number, unit in _MEASURE.findall(measures):
            centimetres = (unit or last_unit).lower() in ("cm", "厘米")
            sizes.append(float(number) * (10 if centimetres else 1))
    return max(sizes, default=None)
