"""Samples as files: handed in by medium, read, shown beside the findings, held against what was approved before."""

import io

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.cast import new_account, sign_in
from tests.systems.adverts.conftest import WORDS, application, filed, licensed, walker
from yizheng.demo.recordings import film, sound
from yizheng.kernel import paper_text
from yizheng.licensing.cases import examining
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import perform, permits
from yizheng.licensing.verbs.drafting import hand_in
from yizheng.licensing.verbs.reviewing import dispose
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, AuditEntry
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.adverts.models import AdvertApproval, SampleText
from yizheng.systems.adverts.pages.viewing import Piece, marked
from yizheng.systems.adverts.review import reading
from yizheng.systems.adverts.review.difference import changes, difference_of_pictures
from yizheng.systems.adverts.screening.licence import AdvertLicence
from yizheng.systems.adverts.screening.screen import screen

TODAY = timezone.localdate()
SHOT = {"sample": "1", "shot": "1", "picture": "门头", "caption": "北京澄怀眼科医院", "voice": "眼科", "seconds": "15"}


def png(colour: str = "white") -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (80, 60), colour).save(kept, "PNG")
    return kept.getvalue()


FILM = film([Image.new("RGB", (64, 36), colour) for colour in ("red", "blue") for _ in range(5)])


def with_film(hospital, desk, **more):
    """An advert in a film, on the radio and on a page of the web, with files of the right kinds."""
    rows = [
        {"title": "短片", "medium": "1", "words": WORDS, "duration": "15", "place": ""},
        {"title": "口播", "medium": "2", "words": WORDS, "duration": "10", "place": ""},
        {"title": "网页", "medium": "7", "words": WORDS, "duration": "", "place": ""},
    ]
    content = {"media_kinds": ["1", "2", "7"]}
    case = filed(hospital, desk, content=content, samples={"samples": rows, "script": [SHOT], **more})
    give(case, hospital, 1, FILM, "短片.webm")
    give(case, hospital, 2, sound(1), "口播.wav")
    return case


def give(case: Case, hospital, number: int, content: bytes, name: str) -> None:
    material = next(each for each in case.item.materials if each.code == f"sample_{number}")
    with acting_as(hospital.operator):
        hand_in(case, hospital.operator, material, io.BytesIO(content), name)


def codes(case: Case, account: Account) -> set[str]:
    with acting_as(account):
        found = examining.examine(case, TODAY).findings
    return {each.code for each in (*found.blocks, *found.advice)}


def second_reviewer(desk) -> Account:
    return Account.objects.filter(grants__role=Role.REVIEWER).exclude(pk=desk.reviewer.pk).get()


@pytest.mark.django_db
def test_files_follow_the_medium_and_are_read_once(hospital, city_desk, monkeypatch):
    case = with_film(hospital, city_desk)
    assert codes(case, hospital.operator) == {"A-DOC"}
    give(case, hospital, 2, FILM, "短片.webm")
    assert "A-FILE" in codes(case, hospital.operator)
    give(case, hospital, 2, f"{WORDS} 根治".encode(), "口播.txt")
    monkeypatch.setattr(paper_text, "read", lambda content, kind: paper_text.PaperText("最好", True))
    assert reading.read_samples() == 2
    assert reading.read_samples() == 0
    with acting_as_system("test"):
        assert {each.recognised for each in SampleText.objects.all()} == {True, False}
    with acting_as(hospital.operator):
        found = examining.examine(case, TODAY).findings
    assert any("样件2“口播”的文件：“根治”" in each.message for each in found.blocks)
    assert [each.bars for each in found.advice if "机器识别" in each.message] == [True]


@pytest.mark.django_db
def test_two_reviewers_agree_and_an_upheld_hit_stands_against_the_grant(hospital, city_desk):
    rows = [{**row, "words": f"{WORDS} 根治"} for row in application()["samples"]["samples"]]
    case = filed(hospital, city_desk, samples={"samples": rows, "objection": "院训中的词"})
    walk = walker(hospital, city_desk)
    case = walk.walk(case, CaseState.REVIEWING)
    reviewer, colleague = city_desk.reviewer, second_reviewer(city_desk)
    with acting_as(reviewer):
        with pytest.raises(NotPossibleError, match="2 名审核人员"):
            perform(case, "pass_review", reviewer, reason="同意")
        hits = [each for each in examining.examine(case, TODAY).findings.advice if each.code == "A-SCREEN"]
        assert len(hits) == 2
        dispose(case, reviewer, "A-SCREEN", accepted=True, reason="保证治愈", message=hits[1].message)
        assert [each.message for each in examining.examine(case, TODAY).upheld] == [hits[1].message]
    with acting_as(colleague):
        case = Case.objects.get(pk=case.pk)
        perform(case, "concur", colleague, reason="已看样件")
        with pytest.raises(NotPossibleError, match="已经出具"):
            perform(case, "concur", colleague, reason="再看一次")
        with pytest.raises(permits.NotPermittedError):
            perform(case, "pass_review", colleague, reason="同意")
    with acting_as(reviewer):
        case = Case.objects.get(pk=case.pk)
        walk.weigh(case, reviewer)
        with pytest.raises(NotPossibleError, match="已采信为违规"):
            perform(case, "pass_review", reviewer, reason="同意")
        dispose(case, reviewer, "A-SCREEN", accepted=False, reason="重新认定", message=hits[1].message)
        perform(case, "pass_review", reviewer, reason="同意")


@pytest.mark.django_db
def test_refusals_are_counted_by_the_rule_that_was_upheld(hospital, city_desk, client: Client):
    for words in ("根治", "最好", ""):
        rows = [{**row, "words": f"{WORDS} {words}"} for row in application()["samples"]["samples"][:1]]
        content, samples = {"media_kinds": ["3"]}, {"samples": rows, "objection": "院训中的词"}
        case = walker(hospital, city_desk).walk(
            filed(hospital, city_desk, content=content, samples=samples), CaseState.REVIEWING
        )
        with acting_as(city_desk.reviewer):
            for hit in examining.examine(case, TODAY).findings.advice:
                dispose(case, city_desk.reviewer, hit.code, accepted=True, reason="属实", message=hit.message)
        walker(hospital, city_desk).walk(case, CaseState.REFUSED, reason="不符合规定")
    told = sign_in(client, city_desk.decider).get("/adverts/refusals/").context["part"].rows
    third = (1, "33.3%")
    assert {each.title[-4:]: (each.adverts, each.share) for each in told} == {
        "（F2）": third, "（F8）": third, "体不符等": third,
    }  # fmt: skip


@pytest.mark.django_db
def test_the_viewer_shows_file_script_and_hits_to_those_who_see_the_case(hospital, city_desk, client: Client):
    case = with_film(hospital, city_desk, objection="请审查人员认定")
    case = walker(hospital, city_desk).walk(case, CaseState.REVIEWING)
    page, file = f"/adverts/cases/{case.number}/samples/", f"/adverts/cases/{case.number}/samples/1/file/"
    shown = sign_in(client, city_desk.reviewer).get(page).content.decode()
    for words in ("data-film", "镜头脚本", "0—15 秒", "请审查人员认定", "SHA-256", "须播放全片"):
        assert words in shown
    assert "<audio" in client.get(page, {"sample": "2"}).content.decode()
    opened = AuditEntry.objects.filter(verb="adverts.open_sample").count
    part = client.get(file, headers={"Range": "bytes=100-199"})
    assert (part.status_code, len(part.content), opened()) == (206, 100, 1)
    assert client.get(file).content == FILM
    assert opened() == 2
    assert client.get(f"/adverts/cases/{case.number}/samples/9/file/").status_code == 404
    assert client.get(f"/adverts/cases/{case.number}/samples/{'9' * 20}/file/").status_code == 404
    other = licensed(name="北京另一眼科医院", registration_number="E9999001811010811B1002", uscc="")
    individual = new_account(AccountKind.INDIVIDUAL, "旁人")
    for stranger in (other.operator, individual):
        answer = sign_in(Client(), stranger)
        assert {answer.get(address).status_code for address in (page, file)} <= {404, 302, 403}
    assert sign_in(Client(), hospital.operator).get(page).status_code == 200


@pytest.mark.django_db
def test_a_change_shows_the_former_sample_beside_it(hospital, city_desk, client: Client):
    first = filed(hospital, city_desk)
    give(first, hospital, 1, png("white"), "半版.png")
    walker(hospital, city_desk).walk(first)
    with acting_as_system("test"):
        former = AdvertApproval.objects.as_of(TODAY).get()
    rows = application()["samples"]["samples"]
    changed = [{**rows[0], "words": WORDS.replace("8:00", "9:00")}, rows[1]]
    held = {"number": former.number, "why": "更换"}
    case = filed(hospital, city_desk, "ad_change", held=held, samples={"samples": changed})
    give(case, hospital, 1, png("black"), "半版.png")
    walker(hospital, city_desk).walk(case, CaseState.REVIEWING)
    page = f"/adverts/cases/{case.number}/samples/"
    shown = sign_in(client, city_desk.reviewer).get(page).content.decode()
    assert "<del>8</del><ins>9</ins>" in shown
    assert client.get(f"{page}1/former/").content == png("white")
    assert client.get(f"{page}1/difference/")["Content-Type"] == "image/png"
    assert client.get(f"/adverts/{former.subject_id}/samples/").status_code == 200
    assert client.get(f"/adverts/{former.subject_id}/samples/1/file/").content == png("white")
    other = licensed(name="北京另一眼科医院", registration_number="E9999001811010811B1002", uscc="")
    assert sign_in(Client(), other.operator).get(f"/adverts/{former.subject_id}/samples/1/file/").status_code == 404


def test_hits_are_marked_in_their_place_and_overlaps_once():
    licence = AdvertLicence("北京澄怀眼科医院")
    text = "北京澄怀眼科医院 根治近视"
    pieces = marked(text, screen(text, "ad", licence).hits)
    assert "".join(each.words for each in pieces) == text
    assert {each.rule for each in pieces} == {"", "F1", "F2"}
    assert marked("无", []) == [Piece("无")]


def test_words_and_pictures_are_compared():
    assert [tuple(each) for each in changes("8:00开诊", "9:00开诊。")] == [
        ("taken", "8"), ("added", "9"), ("kept", ":00开诊"), ("added", "。"),
    ]  # fmt: skip
    same = Image.open(io.BytesIO(difference_of_pictures(png(), png())))
    other = Image.open(io.BytesIO(difference_of_pictures(png(), png("black"))))
    assert (same.getpixel((5, 5)), other.getpixel((5, 5))) == ((255, 255, 255), (198, 40, 40))


def test_what_was_read_can_be_stored():
    assert reading.storable("眼\0科\ud800") == "眼科"
