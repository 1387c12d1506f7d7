"""证件照片: size and white ground, told in a sentence."""

import pytest

from tests.documents.conftest import picture
from yizheng.documents.attachments import photo_problem


@pytest.mark.parametrize("ground", [(255, 255, 255), (240, 240, 238), (232, 228, 226)])
def test_a_white_ground_passes_with_the_tolerance_of_a_scan(ground: tuple[int, int, int]) -> None:
    assert photo_problem(picture(ground=ground)) is None


@pytest.mark.parametrize("ground", [(67, 142, 219), (200, 40, 40), (205, 205, 205), (255, 250, 220), (20, 20, 20)])
def test_a_coloured_or_grey_ground_is_told(ground: tuple[int, int, int]) -> None:
    problem = photo_problem(picture(ground=ground))
    assert problem is not None
    assert problem.startswith("背景不是白色")
    assert problem.endswith("请重新上传")


@pytest.mark.parametrize("size", [(353, 472), (472, 354), (708, 944)])
def test_another_size_is_told_with_both_sizes(size: tuple[int, int]) -> None:
    problem = photo_problem(picture(size=size))
    assert problem == f"照片为 {size[0]}×{size[1]} 像素，应为 354×472 像素；请调整后重新上传"


def test_a_damaged_photo_is_told() -> None:
    assert "损坏" in (photo_problem(b"\xff\xd8\xff\xe0 no picture") or "")
