"""The hash tree over the leaves of a seal, built from a stream, and the seal's root (the tree of RFC 6962).

Leaves, nodes and seals begin with different bytes, so none can pass for another.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence

NODE, SEAL = b"\x01", b"\x02"
BEFORE_THE_FIRST = bytes(32)
"""What the first seal names as the root before it."""


class HashTree:
    """Takes leaf hashes one by one; holds one hash a level, whatever their number."""

    def __init__(self) -> None:
        self.leaves = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """The next leaf, already hashed."""
        self.leaves += 1
        self._peaks.append(leaf)
        full = self.leaves
        while full % 2 == 0:
            right, left = self._peaks.pop(), self._peaks.pop()
            self._peaks.append(_node(left, right))
            full //= 2

    def root(self) -> bytes:
        """The root over the leaves so far."""
        if not self._peaks:
            return hashlib.sha256().digest()
        root = self._peaks[-1]
        for left in reversed(self._peaks[:-1]):
            root = _node(left, root)
        return root


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()


def seal_root(
    *, number: int, first: int, last: int, leaves: int, tree: bytes, previous: bytes, columns: bytes
) -> bytes:
    """The root of a seal: everything a seal says, chained to the seal before it."""
    said = f"{number}|{first}|{last}|{leaves}|{tree.hex()}|{previous.hex()}|{columns.hex()}"
    return hashlib.sha256(SEAL + said.encode()).digest()


def columns_digest(columns: Mapping[str, Sequence[str]]) -> bytes:
    """The digest of a digest schema."""
    return hashlib.sha256(json.dumps(columns, sort_keys=True, separators=(",", ":")).encode()).digest()
