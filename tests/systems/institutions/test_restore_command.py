"""`./yizheng restore-data`: preview and restoration by two persons, and what is refused in a sentence."""

import json

import pytest

from tests.systems.doctors.people_of_pages import Made
from tests.systems.institutions.test_restoration_page import batch, before, second_decider, standing
from yizheng.people.models import Account
from yizheng.registry.models import Change
from yizheng.systems.institutions.management.commands.restore_data import main

__all__ = ["batch", "before", "second_decider"]

pytestmark = pytest.mark.django_db


def test_a_preview_names_the_lines_and_writes_nothing(
    batch: Change, before: tuple[Made, int], capsys: pytest.CaptureFixture[str]
) -> None:
    spoiled, changes = standing(before[0]), Change.objects.count()
    assert main(["--change", str(batch.pk), "--position", str(before[1]), "--preview"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"按序位 {before[1]} 所知：1 项登记与现在不同，0 项保留不动")
    assert "关闭 1 个版本，恢复 2 个版本" in said
    assert (standing(before[0]), Change.objects.count()) == (spoiled, changes)


def test_two_persons_restore_and_the_change_is_told_as_json(
    batch: Change,
    before: tuple[Made, int],
    decider: Account,
    second_decider: Account,
    capsys: pytest.CaptureFixture[str],
) -> None:
    whose = ["--subject", str(before[0].subject.pk), "--position", str(before[1])]
    persons = ["--by", decider.username, "--approved-by", second_decider.username, "--reason", "整批录错"]
    assert main([*whose, *persons, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["change"] == Change.objects.latest("pk").pk
    assert [line["table"] for line in told["lines"]] == ["doctors_registration"]
    assert standing(before[0])[-1] == ("REG", ["11", "21"])
    assert main([*whose, *persons]) == 1
    assert "没有需要恢复的内容" in capsys.readouterr().err


def test_a_restoration_says_in_words_what_it_did(
    batch: Change,
    before: tuple[Made, int],
    decider: Account,
    second_decider: Account,
    capsys: pytest.CaptureFixture[str],
) -> None:
    known = batch.settled.isoformat() if batch.settled else ""
    words = ["--change", str(batch.pk), "--known", known]
    persons = ["--by", decider.username, "--approved-by", second_decider.username, "--reason", "整批录错"]
    assert main([*words, *persons]) == 1, "as known then, the batch stood already"
    capsys.readouterr()
    assert main(["--change", str(batch.pk), "--position", str(before[1]), *persons]) == 0
    assert "已恢复，变更" in capsys.readouterr().out


def test_what_is_missing_or_not_allowed_is_one_sentence(
    batch: Change,
    before: tuple[Made, int],
    decider: Account,
    other_district_clerk: Account,
    capsys: pytest.CaptureFixture[str],
) -> None:
    whose = ["--change", str(batch.pk)]
    position = ["--position", str(before[1])]
    for words, sentence in (
        ([*whose, "--known", "昨天"], "看不懂时间“昨天”"),
        ([*whose, *position], "请用 --reason 写明理由"),
        ([*whose, *position, "--reason", "试"], "请用 --by 写明一个有效的账号"),
        (
            [*whose, *position, "--reason", "试", "--by", decider.username, "--approved-by", "nobody"],
            "请用 --approved-by",
        ),
        (
            [
                *whose,
                *position,
                "--reason",
                "试",
                "--by",
                decider.username,
                "--approved-by",
                other_district_clerk.username,
            ],
            "没有对全部相关机关的决定权",
        ),
    ):
        assert main(words) == 1
        assert sentence in capsys.readouterr().err
