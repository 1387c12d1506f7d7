"""Chinese numerals as articles of law are numbered: 十三, 二十, 一百零二, 一千零一十."""

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def chinese_numeral(number: int) -> str:
    """A number from 0 to 9999 in Chinese numerals. Raises ``ValueError`` outside."""
    if not 0 <= number <= 9999:
        raise ValueError(f"只能写0到9999之间的数：{number}")
    if number < 10:
        return _DIGITS[number]
    text, pending_zero = "", False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            text += ("零" if pending_zero else "") + _DIGITS[digit] + _UNITS[power]
        pending_zero = bool(text) and (not digit)
    return text.removeprefix("一") if text.startswith("一十") else text
