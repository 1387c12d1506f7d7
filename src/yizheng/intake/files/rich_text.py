"""Texts of a workbook (xlsx) in runs of different looks, and with characters written as numbers: as the plain texts they are.

Both are what office programs write every day (a name pasted from a page, a line break in a cell). They are rewritten over a
whole piece of markup at once; what is written in yet another way is left as it is, and read by events.
"""

import re
from xml.sax.saxutils import escape

from yizheng.intake.files.xml_events import ESCAPED, characters

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
CARRIAGE_RETURN = {"\r": "&#13;"}
_LOOKS = r"<rPr>(?:<\w+(?: \w+=\"[^\"<>]*\")*/>)*</rPr>|<rPr/>"
_RUN = rf"<r>(?:{_LOOKS})?<t(?: xml:space=\"preserve\")?>[^<]*</t></r>"
_RUNS = re.compile(rf"<(is|si)>((?:{_RUN})+)</(?:is|si)>")
_TEXT = re.compile(r"<t(?: xml:space=\"preserve\")?>([^<]*)</t>")
_INLINE = re.compile(r"(<c[^<>]*) t=\"inlineStr\"([^<>]*)><is><t(?: xml:space=\"preserve\")?>([^<]*)</t></is></c>")
_CODED_NUMBER = re.compile(r" t=\"[se]\"(?: s=\"[0-9]+\")?><v>[^<]*_x")


def without_runs(markup: str) -> str:
    """The markup with the runs of each text put together."""
    return _RUNS.sub(_together, markup) if "<r>" in markup else markup


def _together(found: re.Match[str]) -> str:
    text = "".join(_TEXT.findall(found[2]))
    return f'<{found[1]}><t xml:space="preserve">{text}</t></{found[1]}>'


def has_coded_number(markup: str) -> bool:
    """Whether a cell that holds the number of a text, or an error, is written with such characters: that means nothing."""
    return _CODED_NUMBER.search(markup) is not None


def decoded(markup: str) -> str:
    """The markup of plain rows with the characters that ``_x000D_`` and its like stand for, which are read once and not again."""
    markup = _INLINE.sub(r'\1 t="str"\2><v>\3</v></c>', markup)
    return ESCAPED.sub(lambda found: as_written(characters(found)), markup)


def as_written(text: str) -> str:
    """A text as plain rows hold it."""
    return escape(NOT_IN_XML.sub("", text), CARRIAGE_RETURN)
