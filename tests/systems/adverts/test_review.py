"""From application to certificate and public list: an advert is approved, renewed, given up (医疗广告管理办法 第八条至第十七条)."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.systems.adverts.conftest import WORDS, application, filed, licensed, walker
from yizheng.documents.models import Certificate, Status
from yizheng.licensing.cases import examining
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.adverts.models import AdvertApproval, AdvertSample, PublicAdvert
from yizheng.systems.adverts.numbers import last_day, read_number

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def adverts():
    with acting_as_system("test"):
        return list(AdvertApproval.objects.as_of(TODAY).order_by("number"))


def found(place, case):
    with acting_as(place.operator):
        examined = examining.examine(case, TODAY)
    assert examined.faults == 0, [(step.code, step.form.errors) for step in examined.steps if step.faults]
    return examined.findings


def test_an_advert_is_approved_with_number_samples_certificate_and_public_entry(approved, hospital, city):
    (advert,) = adverts()
    assert read_number(advert.number).day == TODAY
    assert (advert.institution_id, advert.organ, advert.authority_scope) == (hospital.subject.pk, "health", city.pk)
    assert (advert.term_from, advert.term_to, advert.status) == (TODAY, last_day(TODAY), "valid")
    with acting_as_system("test"):
        samples = AdvertSample.objects.as_of(TODAY).filter(subject_id=advert.subject_id).order_by("line")
        assert [(each.medium, len(each.digest)) for each in samples] == [("3", 64), ("7", 64)]
        certificate = Certificate.objects.all().get(kind="advert_review")
    assert (certificate.number, certificate.subject_id) == (advert.number, hospital.subject.pk)
    entry = PublicAdvert.objects.get()
    assert (entry.number, entry.status, len(entry.samples)) == (advert.number, "valid", 2)
    with acting_as(hospital.operator):
        assert AdvertApproval.objects.visible_to(hospital.operator).count() == 1


def test_numbers_of_one_organ_follow_one_another(approved, hospital, city_desk):
    walker(hospital, city_desk).walk(filed(hospital, city_desk))
    assert sorted(read_number(each.number).serial for each in adverts()) == ["01", "02"]


def test_adverts_of_chinese_medicine_go_to_their_own_administration(city, tcm_desk):
    place = licensed(
        name="北京和正中医医院", category="A210", subjects=["10"], registration_number="E9999002511010811A2101"
    )
    words = WORDS.replace("北京澄怀眼科医院", "北京和正中医医院")
    rows = [{"title": "网页", "medium": "7", "words": words, "duration": "", "place": ""}]
    case = filed(place, tcm_desk, content={"media_kinds": ["7"]}, samples={"samples": rows})
    walker(place, tcm_desk).walk(case)
    (advert,) = adverts()
    assert "中医广" in advert.number
    assert advert.organ == "tcm"


def test_one_banned_word_stands_against_an_advert_and_is_shown_in_its_place(hospital, city_desk):
    rows = [{**row, "words": f"{WORDS} 根治近视"} for row in application()["samples"]["samples"]]
    findings = found(hospital, filed(hospital, city_desk, samples={"samples": rows}))
    blocks = [each for each in findings.blocks if each.code == "A-SCREEN"]
    assert any("【根治】" in each.evidence for each in blocks)
    assert {each.message.rpartition("（")[2] for each in blocks if "样件1" in each.message} == {"F1）", "F2）"}


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ({"content": {"beds": "25"}}, "A-SAME"),
        ({"content": {"name": "澄怀眼科"}}, "A-SAME"),
        ({"content": {"subjects": "眼科、外科"}}, "A-SAME"),
        ({"content": {"media_kinds": ["3"]}}, "A-MEDIA"),
    ],
)
def test_what_is_unlike_the_licence_or_incomplete_is_refused(hospital, city_desk, steps, code):
    assert code in {each.code for each in found(hospital, filed(hospital, city_desk, **steps)).blocks}


def test_a_change_replaces_the_former_approval(approved, hospital, city_desk):
    (former,) = adverts()
    held = {"number": former.number.replace("〔", "[").replace("〕", "]"), "why": "更换样件"}
    walker(hospital, city_desk).walk(filed(hospital, city_desk, "ad_change", held=held))
    statuses = {each.number: each.status for each in adverts()}
    assert statuses.pop(former.number) == "superseded"
    assert list(statuses.values()) == ["valid"]
    with acting_as_system("test"):
        assert Certificate.objects.all().filter(kind="advert_review", status=Status.VALID).count() == 1


def test_an_approval_is_given_up(approved, hospital, city_desk):
    (former,) = adverts()
    case = filed(hospital, city_desk, "ad_cancel", held={"number": former.number, "why": "不再发布"})
    walker(hospital, city_desk).walk(case)
    assert [each.status for each in adverts()] == ["withdrawn"]
    assert PublicAdvert.objects.get().samples == []


def test_anybody_checks_a_number_with_other_brackets(approved):
    (advert,) = adverts()
    wrong = advert.number.replace("〔", "【").replace("〕", "】").replace("(京)", "京")
    page = Client().get("/public/adverts/", {"q": wrong}).content.decode()
    assert advert.number in page
    assert "有效" in page
    entry = PublicAdvert.objects.get()
    shown = Client().get(f"/public/adverts/{entry.token}/").content.decode()
    assert "可以按批准的样件发布" in shown
    assert "13900000002" not in shown
    assert "没有文号为" in Client().get("/public/adverts/", {"q": "京医广[2020]01-01-01号"}).content.decode()
