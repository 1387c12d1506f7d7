"""JPEG without metadata: what a camera wrote beside the picture is left out, the picture itself is not touched."""

_MARK = 0xFF
_START, _SCAN, _END, _ADOBE = b"\xff\xd8", b"\xff\xda", b"\xff\xd9", b"\xff\xee"
_SEQUENTIAL = (b"\xff\xc0", b"\xff\xc1")
_METADATA = {bytes((_MARK, kind)) for kind in (*range(0xE1, 0xF0), 0xFE)}
_GREY_OR_COLOUR = (b"\x01", b"\x03")


def bared(content: bytes) -> bytes | None:
    """A sequential grey or colour JPEG up to its end, without its metadata; None for every other file."""
    if content[:2] != _START:
        return None
    kept, at, plain = [_START], 2, False
    while (marker := content[at : at + 2]) != _SCAN:
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if end >= len(content) or marker[0] != _MARK or marker == _ADOBE:
            return None
        if marker in _SEQUENTIAL:
            plain = content[at + 9 : at + 10] in _GREY_OR_COLOUR
        if marker not in _METADATA:
            kept.append(content[at:end])
        at = end
    end = content.find(_END, at)
    return b"".join([*kept, content[at : end + 2]]) if plain and end > 0 else None
