"""The trees over leaves, against their definitions."""

import hashlib

import pytest

from yizheng.registry.seals.tree import FAN, NODE, BroadTree, PairTree


def _broad_root(digests: list[bytes]) -> bytes:
    """The tree as it is defined, level by level."""
    while True:
        digests = [
            hashlib.sha256(NODE + b"".join(digests[start : start + FAN])).digest()
            for start in range(0, len(digests), FAN)
        ]
        if len(digests) == 1:
            return digests[0]


@pytest.mark.parametrize("count", [1, 2, 255, 256, 257, 513, 65_535, 65_536, 65_537])
def test_a_broad_tree_built_from_a_stream_is_the_one_defined(count: int) -> None:
    digests = [hashlib.sha256(number.to_bytes(4)).digest() for number in range(count)]
    tree = BroadTree()
    for start in range(0, count, 1000):
        tree.add(b"".join(digests[start : start + 1000]))
    assert (tree.root(), tree.leaves) == (_broad_root(digests), count)


def _pair_root(digests: list[bytes]) -> bytes:
    """As RFC 6962 defines it: the largest power of two on the left."""
    if len(digests) == 1:
        return digests[0]
    left = 1 << (len(digests) - 1).bit_length() - 1
    return hashlib.sha256(NODE + _pair_root(digests[:left]) + _pair_root(digests[left:])).digest()


@pytest.mark.parametrize("count", [1, 2, 3, 6, 7, 8, 9])
def test_a_tree_of_pairs_is_that_of_the_standard(count: int) -> None:
    digests = [hashlib.sha256(bytes([number])).digest() for number in range(count)]
    tree = PairTree()
    tree.add(b"".join(digests))
    assert tree.root() == _pair_root(digests)


def test_without_leaves_the_root_is_the_hash_of_nothing() -> None:
    assert BroadTree().root() == PairTree().root() == hashlib.sha256().digest()
