"""Names like a wanted one: by sound, variant and order, the most alike first."""

import pytest

from yizheng.systems.institutions.naming.similarity import NameIndex

TAKEN = (
    "澄怀口腔诊所", "承怀口腔诊所", "安澜医院", "北京安澜医院有限公司", "怀澄口腔门诊部", "栖霞康复医院", "望京澄怀诊所",
    "仁和堂中医诊所", "同济门诊部", "澄懷口腔診所", "医院",
)  # fmt: skip


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return NameIndex(TAKEN)


def names(index: NameIndex, wanted: str, most: int = 3) -> list[str]:
    return [each.name for each in index.nearest(wanted, most)]


def test_the_same_name_in_any_writing_is_the_most_alike(index):
    assert set(names(index, "北京澄怀口腔诊所", 2)) == {"澄怀口腔诊所", "澄懷口腔診所"}
    assert [each.likeness for each in index.nearest("澄怀口腔诊所", 2)] == [pytest.approx(1)] * 2
    assert set(names(index, "安澜医院", 2)) == {"安澜医院", "北京安澜医院有限公司"}


def test_a_name_that_sounds_alike_or_stands_in_another_order_is_near(index):
    assert names(index, "澄怀口腔诊所", 3)[2] == "承怀口腔诊所"
    assert "怀澄口腔门诊部" in names(index, "澄怀口腔诊所", 4)
    assert names(index, "人和堂中医诊所", 1) == ["仁和堂中医诊所"]


def test_a_name_with_no_sound_in_common_finds_nothing(index):
    assert index.nearest("缦") == []
