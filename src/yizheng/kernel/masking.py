"""Masking (脱敏): what of a personal value a page may show. Pages mask by default; seeing more is a recorded act.

The rules hold for any text, also for values that are not what they claim to be: at most the stated number of leading
and trailing characters survives, and at least four are hidden; a shorter value is hidden whole. The 27-digit
qualification number contains the identity number, so never more than a third of it survives
(《中华人民共和国个人信息保护法》第六条、第五十一条).
"""

MASK = "*"
_HIDDEN_AT_LEAST = 4
_QUALIFICATION_SHOWN = 9


def keep_ends(text: str, head: int, tail: int) -> str:
    """``head`` leading and ``tail`` trailing characters, the rest as asterisks, of which there are at least four."""
    kept = min(head + tail, max(0, len(text) - _HIDDEN_AT_LEAST))
    tail = min(tail, kept)
    head = kept - tail
    return text[:head] + MASK * (len(text) - kept) + text[len(text) - tail :]


def mask_resident_id(number: str) -> str:
    """First three and last four characters: ``110***********001X``."""
    return keep_ends(number, 3, 4)


def mask_mobile(number: str) -> str:
    """First three and last four digits: ``138****0000``."""
    return keep_ends(number, 3, 4)


def mask_qualification_number(number: str) -> str:
    """Only what precedes the embedded identity number (year, province, level, category): ``201011110******************``."""
    return keep_ends(number, min(_QUALIFICATION_SHOWN, len(number) // 3), 0)


def mask_practice_number(number: str) -> str:
    """As the public register may print a practice number: ``1101********123``, the area and part of the serial hidden."""
    return keep_ends(number, 4, 3)


def mask_permit(number: str) -> str:
    """A travel permit or a passport: first and last two characters."""
    return keep_ends(number, 2, 2)


def mask_address(address: str) -> str:
    """The first six characters (province and district in most addresses)."""
    return keep_ends(address, 6, 0)


def mask(text: str) -> str:
    """Any value of unknown kind: one leading and one trailing character."""
    return keep_ends(text, 1, 1)
