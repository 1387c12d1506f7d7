"""A slice: what stood on a day as known at a position, the same however often and by whomever it is written."""

import hashlib
from datetime import date

import polars as pl
import pytest
from django.db import connection

from tests.cast import Place
from tests.slices.conftest import LINE, add_doctors, cut_now
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing, latest_position
from yizheng.registry.registers import Register
from yizheng.slices import canonical, files
from yizheng.slices.columns import KEY, kinds_in, read, registers_to_slice
from yizheng.slices.cutting import NothingYet, cut
from yizheng.slices.models import SliceTable
from yizheng.slices.remaking import NotTheSame, path_of
from yizheng.systems.doctors.models import Registration

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)


def registrations(part: str = "doctors_registration") -> SliceTable:
    return SliceTable.objects.filter(table=part).latest("pk")


def test_every_kind_lies_in_exactly_one_register() -> None:
    held = [kind for register in registers_to_slice() for kind in kinds_in(register)]
    assert len(held) == len(set(held)) > 20


def test_the_same_cut_has_the_same_digest_whatever_was_registered_since(
    staff: list[int], institution: Place, haidian: Scope, doctors: Register
) -> None:
    with acting_as_system("test"):
        first = cut_now(doctors)
        with changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
            change.end(Registration, staff[0], LINE, on=date(2026, 1, 1))
        again = cut(doctors, TODAY, first.position, operator=None, reason="再切")
        later = cut_now(doctors)
        assert (again.digest, again.rows) == (first.digest, first.rows)
        assert later.digest != first.digest
        assert first.manifest["tables"]["doctors_registration"]["rows"] == 4
        assert "practice_level" in first.manifest["code_tables"]


def test_another_writer_comes_to_the_same_digest(staff: list[int], doctors: Register) -> None:
    """Row by row in plain Python, from the register itself; and from the Parquet file."""
    with acting_as_system("test"):
        cut_now(doctors)
        part = registrations()
        columns = read(part.columns)
        made = hashlib.sha256()
        for row in Registration.objects.as_of(TODAY).order_by(*KEY).values_list(*(each.name for each in columns)):
            made.update(("\t".join(map(_said, row)) + "\n").encode())
        assert made.hexdigest() == part.digest == canonical.digest_of(path_of(part), columns)
        assert pl.read_parquet(path_of(part))["department"][0] == "一\t科\\二\n行"


def _said(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "\\N", True: "t", False: "f"}[value]
    if isinstance(value, list):
        return "{" + ",".join(value) + "}"
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def test_a_file_that_is_gone_is_made_again_and_must_be_the_same(staff: list[int], doctors: Register) -> None:
    with acting_as_system("test"):
        cut_now(doctors)
        part = registrations()
        files.store().path(part.file).unlink()
        assert pl.read_parquet(path_of(part)).height == 4
        files.store().path(part.file).unlink()
        part.digest = "0" * 64
        with pytest.raises(NotTheSame, match="与清单不符"):
            path_of(part)


def test_an_empty_register_is_a_slice_without_rows(city: Scope, staff: list[int]) -> None:
    nurses = next(each for each in registers_to_slice() if each.code == "nurse")
    with acting_as_system("test"):
        made = cut_now(nurses)
        assert (made.rows, pl.read_parquet(path_of(made.tables.all()[0])).height) == (0, 0)


def test_no_slice_is_cut_of_what_has_not_happened(staff: list[int], doctors: Register) -> None:
    with acting_as_system("test"), pytest.raises(NothingYet, match="还没有发生"):
        cut(doctors, TODAY, latest_position() + 1, operator=None, reason="测试")


def test_files_are_read_by_their_owner_alone(staff: list[int], doctors: Register) -> None:
    with acting_as_system("test"):
        cut_now(doctors)
    assert files.store().root.stat().st_mode & 0o077 == 0
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from slices_slice")
        assert cursor.fetchone() == (0,)  # nobody acts, nothing is seen


def test_a_few_doctors_more_are_a_few_rows_more(
    staff: list[int], institution: Place, haidian: Scope, doctors: Register
) -> None:
    with acting_as_system("test"):
        before = cut_now(doctors)
        add_doctors(institution, haidian, 2, first=20)
        assert cut_now(doctors).rows == before.rows + 2
