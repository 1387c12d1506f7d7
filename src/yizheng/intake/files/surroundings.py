"""What stands around the rows of a sheet (xlsx): columns that are not shown, and merged cells behind all rows."""

from collections.abc import Mapping

from yizheng.intake.files.xml_events import XmlEvents, is_on

MOST_COLUMNS_OF_A_SHEET = 16_384


class Surroundings:
    """Fed with the markup before and behind the rows, which together are a whole document."""

    def __init__(self) -> None:
        self.hidden_columns: set[int] = set()
        """From 0."""
        self.rows_are_hidden = False
        """Whether a row that says nothing of it is hidden."""
        self.merged = ""
        """The first merged cells, empty when there are none."""
        self._events = XmlEvents(self.started)

    def feed(self, piece: bytes, *, final: bool = False) -> None:
        """Read on. Raises BadArchive."""
        self._events.feed(piece, final=final)

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "col" and is_on(attributes, "hidden"):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                self.hidden_columns |= set(range(int(first) - 1, min(int(last), MOST_COLUMNS_OF_A_SHEET)))
        elif name == "sheetFormatPr" and is_on(attributes, "zeroHeight"):
            self.rows_are_hidden = True
        elif name == "mergeCell" and not self.merged:
            self.merged = attributes.get("ref", "?")
