"""A question over slices: the figures are those of the register, with the reader's rights, and the same again a year later."""

from dataclasses import replace
from datetime import date

import pytest
from django.db.models import Count

from tests.analysis.conftest import NOW, THEN, World
from tests.slices.conftest import LINE, cut_now
from yizheng.analysis import charts
from yizheng.analysis.asking import NoGround, days, registers_of
from yizheng.analysis.catalogue import ready, systems
from yizheng.analysis.datasets import AGES, datasets
from yizheng.analysis.jobs import ask_monthly
from yizheng.analysis.keeping import again, ask, keep
from yizheng.analysis.models import SavedQuestion
from yizheng.analysis.questions import BadQuestion, Filter, Question, read
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.slices import files
from yizheng.slices.columns import register_of
from yizheng.slices.models import SliceTable
from yizheng.systems.doctors.models import Registration
from yizheng.work.models import Notice

pytestmark = pytest.mark.django_db
PAEDIATRICIANS = Question(
    "doctors_registration", rows="institution_id.district", filters=(Filter("status", ("REG",)), Filter("scopes", ("14",))),
    compare="year", view="map",
)  # fmt: skip


def figures(question: Question, account: Account) -> dict[str, list[float | int | None]]:
    with acting_as(account):
        return {line.code: [cell.value for cell in line.cells] for line in ask(question, account).result.lines}


def test_how_many_paediatricians_each_district_lost_in_a_year(world: World, analyst: Account) -> None:
    assert figures(PAEDIATRICIANS, analyst) == {"110108": [8, 7, -1, 1, 2], "110105": [6, 6, 0, 0, 0]}
    with acting_as(analyst):
        answered = ask(PAEDIATRICIANS, analyst)
    assert "截至2026年11月30日，与2025年11月30日比" in answered.sentence
    assert "海淀区" in charts.draw(answered.question, answered.result)


def test_a_year_later_the_same_figure_is_the_same_though_files_are_gone_and_the_register_went_on(
    world: World, analyst: Account
) -> None:
    with acting_as(analyst):
        kept = keep(ask(PAEDIATRICIANS, analyst), analyst, "儿科医师")
    with acting_as_system("test"):
        with changing(kind=ChangeKind.CORRECTION, actor=None, cause="test") as change:
            change.end(Registration, world.haidian_people[5], LINE, on=date(2024, 1, 1))
        for part in SliceTable.objects.exclude(rows=0):
            files.store().path(part.file).unlink(missing_ok=True)
    with acting_as(analyst):
        answered, same = again(kept)
        assert same
        kept.result["lines"][0]["cells"][0]["value"] += 1
        assert not again(kept)[1]
    assert [cell.value for cell in answered.result.lines[0].cells] == [8, 7, -1, 1, 2]


def test_the_figures_are_those_the_database_counts_within_the_reach_of_who_asks(
    world: World, analyst: Account, decider: Account
) -> None:
    found = figures(Question("doctors_registration", rows="authority_scope"), analyst)
    with acting_as_system("test"):
        rows = (
            Registration.objects.as_of(NOW)
            .values("authority_scope")
            .annotate(number=Count("subject_id", distinct=True))
        )
        assert found == {str(row["authority_scope"]): [row["number"]] for row in rows}
    assert figures(replace(PAEDIATRICIANS, compare=""), decider) == {"110108": [7]}
    ratio = Question(
        "doctors_registration",
        rows="institution_id.district",
        view="funnel",
        per="institutions_licence/subjects/district",
    )
    assert figures(ratio, analyst)["110108"] == [7, 1, 7]
    ages = figures(Question("doctors_registration", rows="person.age", filters=(Filter("scopes", ("14",)),)), analyst)
    assert set(ages) <= set(AGES)
    assert days(registers_of(PAEDIATRICIANS)) == [NOW, THEN]
    with acting_as(analyst), pytest.raises(NoGround, match="没有 2020-01-01 的切片"):
        ask(replace(PAEDIATRICIANS, day="2020-01-01", compare=""), analyst)
    with acting_as(analyst), pytest.raises(BadQuestion, match="写成天数"):
        ask(Question("doctors_registration", filters=(Filter("issued_on", ("x",)),)), analyst)


def test_what_the_public_may_not_read_is_hidden_where_it_is_small(world: World, analyst: Account) -> None:
    open_ = Question("doctors_registration", rows="institution_id.district", columns="scopes")
    assert figures(open_, analyst)["110105"] == [3, 6]
    closed = Question("doctors_registration", rows="person.age")
    assert None in [cells[0] for cells in figures(closed, analyst).values()]


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (Question("nothing"), "没有这个数据集"),
        (Question("doctors_registration", "sum:nothing"), "没有这个指标"),
        (Question("doctors_registration", rows="holder_name"), "没有“holder_name”这一项"),
        (Question("doctors_registration", rows="level", columns="category", compare="year"), "不能再分列"),
        (Question("doctors_registration", view="bar"), "画图须选“行”"),
    ],
)
def test_what_cannot_be_asked_is_said(question: Question, says: str) -> None:
    with pytest.raises(BadQuestion, match=says):
        question.checked()


def test_no_dataset_shows_or_asks_by_what_tells_who_somebody_is() -> None:
    for each in datasets():
        assert not [column.name for column in each.shown if column.personal], each.code
        assert not {"holder_name", "name"} & set(each.dimensions), each.code


def test_twenty_questions_stand_ready_for_each_register_and_each_is_answered(world: World, analyst: Account) -> None:
    by_register = dict.fromkeys(("doctors", "nurses", "institutions", "adverts"), 20)
    assert {system: len(ready(system)) for system in systems()} == {**by_register, "infection": 12}
    with acting_as(analyst):
        for code in ("nurse", "advert"):
            cut_now(register_of(code), NOW)
            cut_now(register_of(code), THEN)
        for each in ready():
            answered = ask(each.question, analyst)
            charts.draw(each.question, answered.result)
            assert read(each.question.kept()) == each.question


def test_a_question_wanted_each_month_lies_in_the_inbox(world: World, analyst: Account) -> None:
    SavedQuestion.objects.create(title="儿科", question=PAEDIATRICIANS.kept(), account=analyst, monthly=True)
    assert ask_monthly() == 1
    assert "海淀区 8、7、-1、1、2" in Notice.objects.get(kind="analysis.monthly").body
