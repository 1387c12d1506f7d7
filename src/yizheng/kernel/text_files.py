"""Text files as people save them: UTF-8 with or without a byte order mark, or the GB18030 of Chinese office software."""

_ENCODINGS = ("utf-8-sig", "gb18030")


def decode_text(content: bytes) -> str:
    """The text of a file. Bytes that are neither encoding become U+FFFD; nothing raises."""
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8-sig", errors="replace")


def split_lines(text: str) -> list[str]:
    """The lines of a text, ended by line feed, carriage return or both and nothing else, without a last empty one.

    ``str.splitlines`` would also cut at characters that may stand inside garbage, and lines would lose their number.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines
