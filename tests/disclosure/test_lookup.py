"""The public finds a doctor by full name and institution or by number; never by less, never as a list."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import new_subject
from tests.disclosure.conftest import NUMBER, doctor, house, standing
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.publishing import publish
from yizheng.disclosure.standings import WORDS, Standing
from yizheng.people import vault
from yizheng.people.models import AuditEntry

pytestmark = pytest.mark.django_db
QUALIFICATION = "201611110110108199003071233"
GARBAGE = [
    "'; drop table people_account; --",
    "%",
    "__",
    "\\",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "林\x00夏",
    "\u202e",
]


def ask(client: Client, name: str, institution: str) -> str:
    return client.get("/public/doctors/", {"name": name, "institution": institution}).content.decode()


def names(client: Client, name: str, institution: str) -> list[str]:
    answer = client.get("/public/doctors/", {"name": name, "institution": institution})
    assert answer.status_code == 200
    return found_in(answer.content.decode())


def found_in(page: str) -> list[str]:
    """The names on a page of answers."""
    return re.findall(r'<a href="/public/doctors/[^"]+"><b>(.*?)</b></a>', page)


def test_she_is_found_by_full_name_and_part_of_the_institution(client: Client, published: PublicPractitioner) -> None:
    page = ask(client, "林知夏", "安和")
    assert "查到 1 条" in page
    assert "可以执业" in page
    assert "110 110108 ***217" in page
    assert NUMBER not in page


@pytest.mark.parametrize("name", ["林知夏", " 林知夏 ", "林 知 夏", "林知夏\u200b"])
@pytest.mark.parametrize("institution", ["安和", "北京安和医院", "北京安和醫院", "青禾社区"])
def test_ways_of_writing_find_the_same_person(
    client: Client, published: PublicPractitioner, name: str, institution: str
) -> None:
    assert names(client, name, institution) == ["林知夏"]


@pytest.mark.parametrize(
    ("registered", "typed"),
    [
        ("李明", "李明"),
        ("𬱖䶮", "𬱖䶮"),
        ("王㛃", "王㛃"),
        ("买买提·吐尔逊", "买买提•吐尔逊"),
        ("陈国庆", "陳國慶"),
        ("欧阳娜娜", "欧阳娜娜"),
        ("JOHN SMITH", "Ｊｏｈｎ　Ｓｍｉｔｈ"),
    ],
)
def test_short_rare_dotted_traditional_and_full_width_names(client: Client, registered: str, typed: str) -> None:
    publish("doctor", [doctor(7, registered)])
    assert names(client, typed, "安和") == [registered]


@pytest.mark.parametrize(
    ("name", "institution"),
    [("林知", "安和"), ("知夏", "安和"), ("林知夏", "清源"), ("林知夏", "云杉"), ("林知秋", "安和")],
)
def test_part_of_a_name_a_former_institution_or_an_ended_filing_find_nobody(
    client: Client, published: PublicPractitioner, name: str, institution: str
) -> None:
    page = ask(client, name, institution)
    assert "查到 0 条" in page
    assert "没有查到" in page


@pytest.mark.parametrize(
    ("name", "institution", "words"),
    [
        ("", "安和", "请填写姓名全名"),
        ("林", "安和", "不能只填一个字"),
        ("林知夏", "", "请填写执业机构"),
        ("林知夏", "医院", "有区别的部分"),
        ("林知夏", "北京市", "有区别的部分"),
        ("林知夏", "院", "有区别的部分"),
        ("林" * 101, "安和", "不能只填一个字|不能超过|没有查到"),
    ],
)
def test_too_little_is_refused_in_words(
    client: Client, published: PublicPractitioner, name: str, institution: str, words: str
) -> None:
    page = ask(client, name, institution)
    assert any(word in page for word in words.split("|"))


@pytest.mark.parametrize("text", GARBAGE)
def test_garbage_finds_nobody_and_breaks_nothing(client: Client, published: PublicPractitioner, text: str) -> None:
    for asked in ({"name": text, "institution": "安和"}, {"name": "林知夏", "institution": text}):
        answer = client.get("/public/doctors/", asked)
        assert answer.status_code in (200, 400)
        assert "<script>alert" not in answer.content.decode()
    assert client.post("/public/doctors/", {"number": text}).status_code == 400


def test_at_most_twenty_are_shown(client: Client) -> None:
    publish("doctor", [doctor(number, "张伟", f"1101101080{number:05}") for number in range(1, 31)])
    answer = client.get("/public/doctors/", {"name": "张伟", "institution": "安和"})
    assert len(found_in(answer.content.decode())) == 20
    assert "请把机构名称写完整" in answer.content.decode()


def test_a_hit_and_a_miss_ask_the_same_and_look_the_same(client: Client, published: PublicPractitioner) -> None:
    answers = []
    for name in ("林知夏", "林知秋"):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get("/public/doctors/", {"name": name, "institution": "安和"})
        answers.append((answer.status_code, [t.name for t in answer.templates][:2], len(asked)))
    assert answers[0] == answers[1]


def test_by_practice_number_only_by_post(client: Client, published: PublicPractitioner) -> None:
    answer = client.post("/public/doctors/", {"number": "１１０ 110108 004217"})
    assert found_in(answer.content.decode()) == ["林知夏"]
    assert NUMBER not in answer.content.decode()
    assert "没有查到" in client.post("/public/doctors/", {"number": "110110108004218"}).content.decode()


@pytest.mark.parametrize("number", ["", "abc", "110108199003071233", "11010819900307123X", "1" * 40])
def test_no_number_but_a_certificate_number(client: Client, number: str) -> None:
    answer = client.post("/public/doctors/", {"number": number})
    assert answer.status_code == 400
    assert not number or number not in answer.content.decode()


@pytest.fixture
def holder(city: object) -> PublicPractitioner:
    vault.prepare()
    subject = new_subject("person")
    vault.store(subject.pk, "qualification_number", QUALIFICATION)
    publish("doctor", [doctor(subject.pk, "林知夏")])
    return PublicPractitioner.objects.get(subject=subject.pk)


def test_a_qualification_number_is_resolved_by_the_vault_audited_and_never_shown(
    client: Client, holder: PublicPractitioner
) -> None:
    answers = []
    for number in (QUALIFICATION, QUALIFICATION[:-4] + "1241"):
        with CaptureQueriesContext(connection) as asked:
            answer = client.post("/public/doctors/", {"number": number})
        assert number not in answer.content.decode()
        answers.append((answer.status_code, len(found_in(answer.content.decode())), len(asked)))
    assert [found for _, found, _ in answers] == [1, 0]
    assert answers[0][2] == answers[1][2]
    trail = AuditEntry.objects.filter(verb="vault.resolve")
    assert trail.count() == 2
    assert not any("1990" in str(entry.detail) for entry in trail)


def test_a_qualification_number_in_an_address_finds_nobody(client: Client, holder: PublicPractitioner) -> None:
    page = client.get("/public/doctors/", {"number": QUALIFICATION}).content.decode()
    assert "请填写姓名全名" in page
    assert QUALIFICATION not in page


@pytest.mark.parametrize("code", list(Standing))
def test_every_standing_says_whether_she_may_practise(client: Client, code: Standing) -> None:
    publish("doctor", [standing(doctor(5, "林知夏"), code)])
    entry = PublicPractitioner.objects.get(subject=5)
    page = client.get(f"/public/doctors/{entry.token}/").content.decode()
    assert WORDS[code].verdict in page
    assert WORDS[code].may_practise == (code == Standing.REGISTERED)
    assert ("可以执业</b>" in page) == (code == Standing.REGISTERED)


def test_the_entry_shows_the_public_fields_and_the_way_back(client: Client, published: PublicPractitioner) -> None:
    publish("institution", [house()])
    page = client.get(f"/public/doctors/{published.token}/", {"name": "林知夏", "institution": "安和"}).content.decode()
    for words in (
        "执业医师",
        "临床",
        "内科专业",
        "2025年5月19日增加",
        "北京安和医院",
        "海淀区青禾",
        "首次注册",
        "“林知夏＋安和”",
    ):
        assert words in page
    assert "云杉" not in page
    assert NUMBER not in page
    assert "/public/institutions/" in page


def test_the_entry_as_of_a_day(client: Client, published: PublicPractitioner) -> None:
    address = f"/public/doctors/{published.token}/"
    past = client.get(address, {"on": "2021-03-15"}).content.decode()
    assert "2021年3月15日：可以执业" in past
    assert "主要执业机构为北京清源医院，执业范围为内科专业" in past
    assert "没有执业注册，不得执业" in client.get(address, {"on": "2010-01-01"}).content.decode()
    for wrong in ("9999-01-01", "昨天", "2021-02-30", "0"):
        assert "请填写今天或以前的日期" in client.get(address, {"on": wrong}).content.decode()


def test_entries_cannot_be_counted_through(client: Client, published: PublicPractitioner) -> None:
    assert len(published.token) == 20
    assert client.get("/public/doctors/101/").status_code == 404
    assert client.get("/public/doctors/1/").status_code == 404


def test_answers_are_kept_by_nobody_and_listed_nowhere(client: Client, published: PublicPractitioner) -> None:
    answer = client.get("/public/doctors/", {"name": "林知夏", "institution": "安和"})
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_an_entry_may_be_kept_by_the_browser_and_is_asked_for_again(
    client: Client, published: PublicPractitioner
) -> None:
    answer = client.get(f"/public/doctors/{published.token}/")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    before = answer.headers["ETag"]
    PublicPractitioner.objects.update(refreshed=timezone.now())
    assert client.get(f"/public/doctors/{published.token}/").headers["ETag"] != before


def test_an_institution_has_an_entry(client: Client, published: PublicPractitioner) -> None:
    publish("institution", [house(9002, "北京旧医院", in_force=False)])
    from yizheng.disclosure.models import PublicInstitution

    token = PublicInstitution.objects.get(subject=9002).token
    assert "现在不得执业" in client.get(f"/public/institutions/{token}/").content.decode()


def test_the_home_offers_both_ways_and_the_figures(client: Client) -> None:
    from yizheng.disclosure.publishing import recount

    publish("doctor", [doctor(1, "林知夏"), standing(doctor(2, "周如山"), Standing.DEREGISTERED)])
    recount()
    page = client.get("/").content.decode()
    assert "查执业登记" in page
    assert 'name="institution"' in page
    assert "1 <small>在册" in page
    assert 'name="number"' in client.get("/?by=number").content.decode()
