"""The hash trees over the leaves of a seal, built from a stream, and the seal's root.

Leaves, nodes and seals begin with different bytes, so none can pass for another; a seal names how many leaves it has,
so a tree has one shape only.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from typing import Any

from yizheng.registry.models import Seal

NODE, SEAL = b"\x01", b"\x02"
SIZE = 32
FAN = 256
"""How many hashes a node of the broad tree takes."""

BEFORE_THE_FIRST = bytes(SIZE)
"""What the first seal names as the root before it."""


class Tree(ABC):
    """Takes the digests of leaves; holds few hashes a level, whatever their number."""

    def __init__(self) -> None:
        self.leaves = 0

    def add(self, digests: bytes) -> None:
        """The next leaves' digests, one after the other."""
        self.leaves += len(digests) // SIZE
        self._take(digests)

    @abstractmethod
    def _take(self, digests: bytes) -> None:
        """Build on."""

    @abstractmethod
    def root(self) -> bytes:
        """The root over the leaves so far."""


class PairTree(Tree):
    """Two hashes a node (the tree of RFC 6962)."""

    def __init__(self) -> None:
        super().__init__()
        self._peaks: list[bytes] = []
        self._taken = 0

    def _take(self, digests: bytes) -> None:
        for start in range(0, len(digests), SIZE):
            self._taken += 1
            self._peaks.append(digests[start : start + SIZE])
            full = self._taken
            while full % 2 == 0:
                right, left = self._peaks.pop(), self._peaks.pop()
                self._peaks.append(_node(left + right))
                full //= 2

    def root(self) -> bytes:
        """As RFC 6962 has it."""
        if not self._peaks:
            return hashlib.sha256().digest()
        root = self._peaks[-1]
        for left in reversed(self._peaks[:-1]):
            root = _node(left + root)
        return root


class BroadTree(Tree):
    """Up to 256 hashes a node: level by level, 256 that follow each other become one, until one is left."""

    def __init__(self) -> None:
        super().__init__()
        self._levels = [bytearray()]

    def _take(self, digests: bytes, level: int = 0) -> None:
        if level == len(self._levels):
            self._levels.append(bytearray())
        waiting = self._levels[level]
        waiting += digests
        whole = len(waiting) - len(waiting) % (FAN * SIZE)
        if whole:
            nodes = (_node(waiting[start : start + FAN * SIZE]) for start in range(0, whole, FAN * SIZE))
            self._take(b"".join(nodes), level + 1)
            del waiting[:whole]

    def root(self) -> bytes:
        """The last levels are closed as far as they are filled; what was closed stays open to more."""
        if not self.leaves:
            return hashlib.sha256().digest()
        *lower, top = self._levels
        rest = b""
        for waiting in lower:
            if waiting or rest:
                rest = _node(waiting + rest)
        hashes = top + rest
        return bytes(hashes) if lower and len(hashes) == SIZE else _node(hashes)


def _node(hashes: bytes | bytearray) -> bytes:
    return hashlib.sha256(NODE + hashes).digest()


def seal_root(seal: Seal, columns: bytes) -> bytes:
    """The root of a seal: everything a seal says, chained to the seal before it."""
    tree, previous = bytes(seal.tree).hex(), bytes(seal.previous).hex()
    said = f"{seal.number}|{seal.first_position}|{seal.last_position}|{seal.leaves}|{tree}|{previous}|{columns.hex()}"
    return hashlib.sha256(SEAL + said.encode()).digest()


def schema_digest(encoding: int, columns: Any) -> bytes:
    """The digest of a digest schema. The first encoding had no number to name."""
    said = columns if encoding == 1 else {"columns": columns, "encoding": encoding}
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).digest()
