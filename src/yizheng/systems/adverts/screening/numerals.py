"""Numbers as an advert writes them."""


def number(text: str) -> int:
    """A number in digits or Chinese numerals."""
    if text == "无":
        return 0
    digits = text.replace("o", "0")
    if digits.isdigit() and digits.isascii():
        return int(digits)
    total = current = 0
    values = {each: value for value, each in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
    for each in text:
        if each in "十百千":
            total += (current or 1) * {"十": 10, "百": 100, "千": 1000}[each]
            current = 0
        else:
            current = current * 10 + values[each] if current and each in values else values[each]
    return total + current
