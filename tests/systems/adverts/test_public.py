"""公示: anybody checks a number as it was printed, filters the list, sees the samples only while the approval stands."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.systems.adverts.conftest import walker
from tests.systems.adverts.test_ending import relicense
from tests.systems.adverts.test_samples import FILM, with_film
from yizheng.systems.adverts.models import PublicAdvert
from yizheng.systems.adverts.numbers import find_number
from yizheng.systems.adverts.watching import watch

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def shown(hospital, city_desk) -> PublicAdvert:
    """An approved advert with a film."""
    case = with_film(hospital, city_desk)
    walker(hospital, city_desk).walk(case)
    return PublicAdvert.objects.get()


def status_of(address: str) -> int:
    return Client().get(address).status_code


def test_samples_are_played_while_the_approval_stands_and_not_while_it_is_paused(shown, hospital):
    page, film = f"/public/adverts/{shown.token}/", f"/public/adverts/{shown.token}/samples/1/"
    told = Client().get(page).content.decode()
    for words in ("<video", "<audio", "核验码", "可以按批准的样件发布"):
        assert words in told
    assert Client().get(film).content == FILM
    assert Client().get(film, headers={"Range": "bytes=0-9"}).status_code == 206
    assert status_of(f"/public/adverts/{shown.token}/samples/4/") == 404
    assert status_of(f"/public/adverts/{shown.token}/samples/{'9' * 20}/") == 404
    relicense(hospital, status="check_suspended")
    assert watch() == 0
    assert "暂停" in Client().get(page).content.decode()
    assert status_of(film) == 404
    relicense(hospital, status="active")
    watch()
    assert status_of(film) == 200
    relicense(hospital, status="suspended_penalty")
    assert watch() == 1
    assert status_of(film) == 404
    assert "已收回" in Client().get(page).content.decode()


def test_the_list_is_filtered_and_turned(shown, hospital):
    def found(**asked: str) -> str:
        answer = Client().get("/public/adverts/", asked)
        assert answer.status_code == 200
        return answer.content.decode()

    for asked in ({"status": "valid"}, {"district": "海淀区"}, {"media": "影视"}, {"q": "澄怀"}, {"after": "9" * 20}):
        assert shown.number in found(**asked)
    for asked in ({"status": "revoked"}, {"district": "延庆区"}, {"media": "户外"}, {"q": "无此机构"}):
        assert shown.number not in found(**asked)
    PublicAdvert.objects.update(term_to=TODAY.replace(year=TODAY.year - 1))
    assert shown.number in found(status="expired")
    assert shown.number not in found(status="valid")
    line = f"（广告）广告审查证明文号：{shown.number.replace('〔', '{').replace('〕', '}')}　欢迎核对"
    assert "有效期满" in found(q=line)


def test_the_list_turns_by_position_and_counts_only_when_asked(shown, monkeypatch):
    monkeypatch.setattr("yizheng.systems.adverts.pages.public.MOST", 1)
    values = {each.attname: getattr(shown, each.attname) for each in PublicAdvert._meta.concrete_fields}
    older = PublicAdvert(
        **{**values, "subject": shown.subject + 1, "number": "(京)医广〔2020〕第01-02-01号", "token": "older"}
    )
    older.term_from = TODAY.replace(year=2020, day=1)
    older.save(force_insert=True)
    client = Client()
    first = client.get("/public/adverts/")
    assert first.context["count"] is None
    second = client.get(f"/public/adverts/{first.context['after']}")
    assert [each.context["adverts"][0][0].number for each in (first, second)] == [shown.number, older.number]
    assert (second.context["after"], bool(second.context["before"])) == ("", True)
    assert client.get(f"/public/adverts/{first.context['counting']}").context["count"] == 2


def test_a_number_is_found_within_other_words():
    assert find_number("文号：京医广【2026】第07-15-08号，谢谢").normal == "(京)医广〔2026〕第07-15-08号"
    assert find_number("京医广【2026】第07-15-00008号") is None
    assert find_number("没有文号") is None
