"""What a person types becomes what the register is searched by: folded, trimmed, bounded, or refused in words.

A name with full-width letters, an old or traditional form of a character, or another kind of middle dot finds the same
person. Whatever cannot be a name or a number is refused before the register is asked.
"""

import re
import unicodedata

from yizheng.kernel.names import fold_name

LONGEST_NAME = 100
SHORTEST_INSTITUTION = 2
LONGEST_CODE = 40
"""A text longer than any certificate code is what a scanner read from the QR code."""
LONGEST_PAYLOAD = 600

_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Control, format and surrogate characters. Private-use ones stay: old systems wrote rare characters of names there."""
_PRACTICE_NUMBER = re.compile(r"[0-9A-Z]{6,32}")
_GENERIC = frozenset([
    "医院", "诊所", "门诊", "门诊部", "中心", "卫生", "卫生室", "卫生站", "卫生院", "北京", "北京市", "社区",
    "服务", "服务中心", "卫生服务中心", "社区卫生服务中心", "中医", "中医院", "口腔", "综合", "人民",
    "人民医院", "有限公司", "公司", "医疗", "大学", "附属", "附属医院", "第一", "第二",
])  # fmt: skip


class Unusable(ValueError):
    """What was typed cannot be looked up; `field` names the box, the message says what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


def cleaned(text: str) -> str:
    """The text without control and format characters and without space at its ends."""
    return "".join(char for char in text if unicodedata.category(char) not in _UNSEEN).strip()


def name_key(text: str) -> str:
    """The key of a whole name as typed; `Unusable` when it is none."""
    key = _folded(text, "name", "请填写姓名全名。", "姓名")
    if len(key) < 2:
        raise Unusable("name", "请填写姓名全名，不能只填一个字。")
    return key


def institution_key(text: str) -> str:
    """The key of an institution's name or a telling part of it; `Unusable` when it says too little."""
    key = _folded(text, "institution", "请填写执业机构，可只写名称的一部分。", "机构名称")
    if len(key) < SHORTEST_INSTITUTION or key in _GENERIC:
        raise Unusable("institution", "请写出机构名称中有区别的部分，如“安和”；只写“医院”“北京市”不能查询。")
    return key


def _folded(text: str, field: str, missing: str, called: str) -> str:
    name = cleaned(text)
    if not name:
        raise Unusable(field, missing)
    if len(name) > LONGEST_NAME:
        raise Unusable(field, f"{called}不能超过 {LONGEST_NAME} 个字。")
    return fold_name(name)


def practice_number(text: str, label: str, digits: int) -> str:
    """A practice number, which is called `label`, in one form. Identity numbers are refused, so that nobody is looked up by one."""
    number = squeezed(text)
    if not number:
        raise Unusable("practice_number", f"请填写{label}。")
    if is_qualification_number(number):
        raise Unusable("practice_number", "这是医师资格证书编码，其中含身份证件号码，请改用下方的资格证书编码查询。")
    if re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise Unusable("practice_number", f"不能用居民身份证号码查询。请填写 {digits} 位{label}。")
    if not _PRACTICE_NUMBER.fullmatch(number):
        raise Unusable("practice_number", f"{label}一般为 {digits} 位数字，请核对后再查。")
    return number


def qualification_number(text: str) -> str:
    """A qualification number of 27 (or, with an old identity number, 24) characters; else `Unusable`."""
    number = squeezed(text)
    if not is_qualification_number(number):
        raise Unusable("qualification_number", "医师资格证书编码应为 27 位（旧编码 24 位），请核对后再查。")
    return number


def is_qualification_number(number: str) -> bool:
    """Whether it has the shape of a qualification number, which contains an identity number."""
    return re.fullmatch(r"[0-9]{26}[0-9X]|[0-9]{24}", number) is not None


def squeezed(text: str) -> str:
    """Half-width, upper case, without spaces and dashes."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", cleaned(text))).upper()


def public_number(number: str) -> str:
    """A practice number as the public may read it: 110 110108 ***217, 2018 11 ***045; other kinds keep two characters at each end."""
    if re.fullmatch(r"[0-9]{15}", number):
        return f"{number[:3]} {number[3:9]} ***{number[-3:]}"
    if re.fullmatch(r"[0-9]{12}", number):
        return f"{number[:4]} {number[4:6]} ***{number[-3:]}"
    return f"{number[:2]}***{number[-2:]}" if len(number) > 7 else "***"
