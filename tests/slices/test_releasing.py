"""From cut to release: polishing with a log, the report, the sample, two signatures, the end."""

from datetime import date, timedelta

import polars as pl
import pytest
from django.utils import timezone

from tests.cast import Place
from tests.slices.conftest import add_doctors, cut_now
from yizheng.people.models import Account, AuditEntry, Scope
from yizheng.people.rights.grants import Refused
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry.registers import Register
from yizheng.slices import files, sampling
from yizheng.slices.jobs import cut_round
from yizheng.slices.models import PolishLine, SampleState, Slice, SliceReport, SliceState
from yizheng.slices.polishing import NotToPolish, order_corrections, polish
from yizheng.slices.profiling import drifts
from yizheng.slices.pseudonyms import pseudonym, traced
from yizheng.slices.releasing import retire_overdue, sign
from yizheng.slices.remaking import path_of
from yizheng.slices.verifying import NotReady, compare, standing_of, verify
from yizheng.systems.doctors.models import Registration
from yizheng.work.approval import ApprovalRefused, approve
from yizheng.work.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def untidy(staff: list[int], institution: Place, haidian: Scope) -> None:
    add_doctors(institution, haidian, 1, first=30, department="　内科１ 病区 ")
    add_doctors(institution, haidian, 1, first=31, category="临床")
    add_doctors(institution, haidian, 1, first=32, employment="nowhere")


def checked(made: Slice, account: Account, differing: int = 0) -> None:
    verify(made, account)
    found = {each.number: SampleState.SAME.value for each in made.samples.all()}
    found.update(dict.fromkeys(list(found)[:differing], SampleState.DIFFERS.value))
    compare(made, {number: (verdict, "") for number, verdict in found.items()}, account)


def test_polishing_mends_the_copy_logs_each_cell_and_leaves_the_register(
    untidy: None, doctors: Register, analyst: Account
) -> None:
    with acting_as(analyst):
        before = list(Registration.objects.order_by("pk").values())
        made = polish(cut_now(doctors, account=analyst), analyst)
        assert [(line.rule, line.old, line.new, line.mended) for line in PolishLine.objects.order_by("rule", "pk")][
            -3:
        ] == [
            ("P01", "　内科１ 病区 ", "内科1 病区", True),
            ("P02", "临床", "clinical", True),
            ("P03", "nowhere", "nowhere", False),
        ]
        part = made.tables.get(table="doctors_registration")
        assert pl.read_parquet(path_of(part))["category"].unique().to_list() == ["clinical"]
        assert list(Registration.objects.order_by("pk").values()) == before
        files.store().path(part.file).unlink()
        assert pl.read_parquet(path_of(part)).height == 7  # made again from what it was derived from
        with pytest.raises(NotToPolish):
            polish(made, analyst)


def test_what_is_wrong_in_the_register_is_told_to_its_authority_once(
    untidy: None, doctors: Register, analyst: Account, haidian: Scope
) -> None:
    with acting_as(analyst):
        made = polish(cut_now(doctors), analyst)
        told = order_corrections(made, analyst)
        assert (told, order_corrections(made, analyst)) == (made.polish_lines.count(), 0)
    assert Notice.objects.get(kind="slice.correction").scope_id == haidian.pk


def test_the_report_says_what_each_rule_tested_and_hit(untidy: None, doctors: Register, analyst: Account) -> None:
    with acting_as(analyst):
        report = verify(cut_now(doctors), analyst)
    hits = {(each["rule"], each["title"]): each["hit"] for each in report.findings}
    assert hits["V11", "“执业类别”在代码表内"] == 1
    assert hits["V11", "“用工形式”在代码表内"] == 1
    assert {each["dimension"] for each in report.results} >= {"01", "02", "03", "05", "06"}


def test_a_slice_is_released_by_two_after_everything_was_compared(
    staff: list[int], doctors: Register, analyst: Account, second_analyst: Account, inspector: Account
) -> None:
    with acting_as(analyst):
        made = cut_now(doctors, account=analyst)
        with pytest.raises(NotReady, match="还没有验证"):
            sign(made, analyst, "可用于统计")
        checked(made, analyst)
        asked = sign(made, analyst, "可用于统计")
        with pytest.raises(ApprovalRefused, match="不能批准自己的提请"):
            approve(asked.pk, analyst)
    with acting_as(inspector), pytest.raises(ApprovalRefused):
        approve(asked.pk, inspector)
    with acting_as(second_analyst):
        approve(asked.pk, second_analyst)
        made.refresh_from_db()
        report = SliceReport.objects.get(slice=made)
        assert (made.state, report.first_signer, report.second_signer) == (SliceState.RELEASED, analyst, second_analyst)
        assert report.sampled == 4


def test_one_in_a_hundred_may_differ_and_no_more(staff: list[int], doctors: Register, analyst: Account) -> None:
    with acting_as(analyst):
        made = cut_now(doctors)
        checked(made, analyst, differing=1)
        standing = standing_of(made)
        assert (standing["conclusion"], standing["differing"]) == ("不通过", 1)
        assert "低于 99%" in standing["reasons"][0]


@pytest.mark.parametrize(("subjects", "drawn"), [(0, 0), (4, 4), (30, 30), (3000, 30), (3001, 31), (300_000, 3000)])
def test_at_least_thirty_and_one_in_a_hundred_are_drawn(subjects: int, drawn: int) -> None:
    assert sampling.size(subjects) == drawn


def test_the_sample_follows_from_the_digest_alone() -> None:
    chosen = sampling.drawn("ab" * 32, range(1000), 30)
    assert chosen == sampling.drawn("ab" * 32, range(1000), 30) != sampling.drawn("cd" * 32, range(1000), 30)
    assert len(set(chosen)) == 30


def test_a_column_that_moved_is_told() -> None:
    before = [{"column": "a", "label": "甲", "rows": 100, "empty": 0, "distinct": 10}]
    assert list(drifts(before, [{**before[0], "empty": 5, "distinct": 15}])) == []
    assert [each.what for each in drifts(before, [{**before[0], "empty": 6, "distinct": 16}])] == ["空值率", "不同值数"]


def test_files_of_slices_whose_time_is_over_are_destroyed_and_the_report_stays(
    staff: list[int], doctors: Register, analyst: Account
) -> None:
    with acting_as(analyst):
        made = cut_now(doctors)
        path = files.store().path(made.tables.get(table="doctors_registration").file)
        Slice.objects.filter(pk=made.pk).update(keep_until=timezone.localdate() - timedelta(days=1))
    with acting_as_system("test"):
        assert (path.is_file(), retire_overdue(), path.is_file()) == (True, 1, False)
        made.refresh_from_db()
        assert (made.state, made.digest != "") == (SliceState.RETIRED, True)
        assert pl.read_parquet(path_of(made.tables.get(table="doctors_registration"))).height == 4


def test_a_pseudonym_is_steady_and_traced_only_with_a_reason(analyst: Account) -> None:
    assert pseudonym(7) == pseudonym(7) != pseudonym(8)
    with pytest.raises(Refused):
        traced(pseudonym(7), range(10), analyst, "")
    assert traced(pseudonym(7), range(10), analyst, "核查线索") == 7
    assert AuditEntry.objects.get(verb="slice.trace").detail == {"reason": "核查线索"}


def test_a_slice_is_seen_by_those_of_the_city(
    staff: list[int], doctors: Register, analyst: Account, decider: Account
) -> None:
    with acting_as(analyst):
        made = cut_now(doctors, date(2026, 11, 30), analyst)
    with acting_as(decider):
        assert not Slice.objects.visible_to(decider).filter(pk=made.pk).exists()


class Silent:
    """A progress nobody looks at."""

    def report(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say nothing."""


def test_the_clock_cuts_last_month_and_once_the_same_day_a_year_before(staff: list[int], analyst: Account) -> None:
    with acting_as_system("test"):
        for rounds, days in ((1, 2), (2, 1)):
            before = set(Slice.objects.values_list("pk", flat=True))
            cut_round(Silent(), ("doctor",))
            made = Slice.objects.exclude(pk__in=before).order_by("pk")
            assert (rounds, made.count()) == (rounds, days)
        assert all(each.reconciliations.get().agrees for each in Slice.objects.order_by("pk")[1:])
