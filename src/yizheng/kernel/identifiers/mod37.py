"""The check character over digits and capitals by ISO/IEC 7064 MOD 37,36 (GB/T 17710), as electronic certificates bear it."""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MODULUS = 36


def mod37_check_character(text: str) -> str:
    """The check character of a text of digits and capitals."""
    product = _MODULUS
    for character in text:
        product = (product + ALPHABET.index(character)) % _MODULUS or _MODULUS
        product = product * 2 % (_MODULUS + 1)
    # the outer remainder keeps the check 0 when the product has come to 1
    return ALPHABET[(_MODULUS + 1 - product) % _MODULUS]
