"""Masks: what they show, and that they never show more."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng.kernel import masking

ENDS: list[tuple[Callable[[str], str], int, int]] = [
    (masking.mask_resident_id, 3, 4),
    (masking.mask_mobile, 3, 4),
    (masking.mask_qualification_number, 9, 0),
    (masking.mask_practice_number, 4, 3),
    (masking.mask_permit, 2, 2),
    (masking.mask_address, 6, 0),
    (masking.mask, 1, 1),
]


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (masking.mask_resident_id, "11010519491231001X", "110***********001X"),
        (masking.mask_resident_id, "110105491231002", "110********1002"),
        (masking.mask_mobile, "13800000000", "138****0000"),
        (masking.mask_qualification_number, "20101111011010519491231002X", "201011110******************"),
        (masking.mask_qualification_number, "199911110110105491231002", "19991111****************"),
        (masking.mask_practice_number, "110110105000123", "1101********123"),
        (masking.mask_permit, "H12345678", "H1*****78"),
        (masking.mask_address, "北京市朝阳区某某路1号", "北京市朝阳区*****"),
        (masking.mask, "abcdef", "a****f"),
        (masking.mask, "abc", "***"),
    ],
)
def test_a_mask_shows_what_it_should(mask: Callable[[str], str], value: str, shown: str) -> None:
    assert mask(value) == shown


@pytest.mark.parametrize(("mask", "head", "tail"), ENDS)
@given(text=st.text(max_size=40))
def test_a_mask_never_shows_more_than_its_ends(mask: Callable[[str], str], head: int, tail: int, text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert all(
        shown in (masking.MASK, original) and (shown == masking.MASK or place < head or place >= len(text) - tail)
        for place, (shown, original) in enumerate(zip(masked, text, strict=True))
    )
    assert masked.count(masking.MASK) >= min(4, len(text))


@given(st.text("0123456789X", max_size=30))
def test_a_qualification_mask_never_reaches_the_identity_number(number: str) -> None:
    shown = masking.mask_qualification_number(number).rstrip("*")
    assert len(shown) <= 9
    assert len(shown) <= len(number) / 3
