"""Fields of facts: plain Django fields to a migration, words to a reader."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.migrations.serializer import serializer_factory

from yizheng.registry.fields import (
    AmountField,
    CodeField,
    CodesField,
    CountField,
    DayField,
    FlagField,
    NumberField,
    SubjectField,
    TextField,
)
from yizheng.registry.registers import Register

CLINICS = Register("clinic", "诊所", of_people=False)


def named(field: Any) -> Any:
    field.set_attributes_from_name("value")
    return field


def serialised(field: Any) -> tuple[str, set[str]]:
    """What a migration writes."""
    return serializer_factory(named(field)).serialize()


@pytest.mark.parametrize(
    ("field", "plain"),
    [
        (TextField("科室", 50, blank=True, public=True), models.CharField("科室", max_length=50, blank=True)),
        (NumberField("编号", 15, printed=True), models.CharField("编号", max_length=15)),
        (CodeField("性别", 1, table="gender", personal=True), models.CharField("性别", max_length=1)),
        (CodeField("结果", 4, table={"good": "良好"}), models.CharField("结果", max_length=4)),
        (
            CodesField("范围", 4, table="practice_scope", default=list),
            ArrayField(models.CharField(max_length=4), verbose_name="范围", default=list),
        ),
        (DayField("日期", null=True), models.DateField("日期", null=True)),
        (FlagField("合格", yes_no=("合格", "不合格")), models.BooleanField("合格")),
        (
            AmountField("罚款", max_digits=5, decimal_places=1, unit="元"),
            models.DecimalField("罚款", max_digits=5, decimal_places=1),
        ),
        (CountField("人数", unit="人"), models.PositiveSmallIntegerField("人数")),
        (
            SubjectField("机构", of=CLINICS, null=True),
            models.ForeignKey(
                "registry.Subject", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="机构"
            ),
        ),
    ],
    ids=lambda field: type(field).__name__,
)
def test_a_migration_sees_the_plain_field(field: Any, plain: Any) -> None:
    assert serialised(field) == serialised(plain)
    assert type(field.clone()) is type(plain)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (TextField("科室", 50), "", ""),
        (TextField("照片", 64, said=lambda digest: f"照片 {digest[:2]}"), "abcd", "照片 ab"),
        (CodeField("性别", 1, table="gender"), "1", "男性"),
        (CodeField("性别", 1, table="gender"), "7", "7"),
        (CodeField("结果", 4, table={"good": "良好"}), "good", "良好"),
        (CodeField("原因", 4, table=lambda version: version.chosen), "1", "男性"),
        (CodesField("性别", 1, table="gender"), ["1", "2"], "男性；女性"),
        (DayField("日期"), date(2026, 3, 1), "2026-03-01"),
        (DayField("日期", null=True), None, ""),
        (FlagField("参加"), False, "否"),
        (FlagField("合格", yes_no=("合格", "不合格")), True, "合格"),
        (AmountField("成绩", max_digits=5, decimal_places=2), Decimal("60.50"), "60.5"),
        (CountField("人数"), 0, "0"),
    ],
)
def test_a_value_is_told_in_words(field: Any, value: Any, words: str) -> None:
    assert named(field).words(SimpleNamespace(value=value, chosen="gender")) == words
