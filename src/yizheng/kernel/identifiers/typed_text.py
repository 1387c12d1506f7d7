"""What people type for a number, brought to one form: half-width, upper case, without blanks and hyphens."""

from yizheng.kernel.signs import number_signs


def normalise_number(text: str) -> str:
    """Full-width to half-width, letters upper case, blanks, hyphens and invisible characters removed."""
    return text.upper() if text.isascii() and text.isalnum() else number_signs(text)
