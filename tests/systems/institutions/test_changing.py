"""What an institution applies for itself: a change by its kinds, the licence made again, a further term."""

from datetime import timedelta

import pytest

from tests.cast import sign_in
from tests.systems.doctors.people_of_pages import make_doctor
from tests.systems.institutions.conftest import PRINCIPAL
from tests.systems.institutions.registered import TODAY, drafted, found
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.calendar.periods import add_years, term_end
from yizheng.licensing.item import Candidate
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Proposal
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import organisation_of
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.leaving import tell_institutions_left
from yizheng.systems.doctors.models import Registration
from yizheng.systems.institutions.licensing import end_licence
from yizheng.systems.institutions.models import LINE, InstitutionLicence

pytestmark = pytest.mark.django_db


def change(walker, house, *kinds, **steps):
    return drafted(walker, house, "inst_change", {"kinds": {"kinds": list(kinds), "grounds": "业务发展"}, **steps})


def test_it_begins_at_once_with_what_stands(client, house):
    sign_in(client, house.operator)
    offers = client.get("/my/cases/").content.decode()
    assert "/my/apply/inst_change/" in offers
    assert "/my/apply/inst_change/people/" not in offers
    form = client.get(client.post("/my/apply/inst_change/")["Location"])
    assert form.status_code == 200
    assert "变更事项" in form.content.decode()


def test_the_record_shows_every_kind_of_fact(client, house, district_desk):
    page = sign_in(client, district_desk.reviewer).get(f"/institutions/{house.subject.pk}/").content.decode()
    for said in (
        "北京清河医院",
        "法定代表人",
        "周远山",
        "吴清越　院长",
        "执业地点 本部",
        "诊疗科目备注",
        "校验期",
        "医疗机构执业许可证（副本）",
    ):
        assert said in page, said


def test_a_name_and_a_principal_change_and_the_licence_is_made_anew(walker, house):
    principal = {"name": "郑知遥", "number": PRINCIPAL, "position": "院长"}
    case = change(walker, house, "name", "principal", name={"name": "北京清河综合医院"}, principal=principal)
    done = walker.walk(case)
    with acting_as_system("test"):
        assert house.held.licence.name == "北京清河综合医院"
        assert house.held.named["principal"] == "郑知遥"
        assert house.held.named["legal_representative"] == "周远山"
        versions = Certificate.objects.all().filter(subject_id=house.subject.pk)
        assert sorted(versions.filter(status=Status.VALID).values_list("version", flat=True)) == [2, 2]
    assert organisation_of(house.subject.pk).name == "北京清河综合医院"
    assert done.summary == "准予变更名称、主要负责人"


def test_the_hundredth_bed_moves_record_and_doctors_to_the_city_with_another_period_and_term(
    walker, house, city, haidian, district_desk
):
    made = make_doctor("林知夏", house, haidian, by=district_desk.decider)
    case = change(walker, house, "beds", site={"beds": "100"})
    assert "I-C-LINE" in found(house, case)
    walker.walk(case)
    with acting_as_system("test"):
        held = house.held
        assert {each.authority_scope for each in held.facts()} == {city.pk}
        assert (held.licence.beds, held.places["place:1"].beds) == (100, 100)
        assert held.period.months == 36
        assert held.licence.term_to == term_end(TODAY, 15)
        mine = Registration.objects.as_of(TODAY).get(subject_id=made.subject.pk)
        assert (mine.authority_scope, mine.institution_id) == (city.pk, house.subject.pk)
    assert organisation_of(house.subject.pk).parent == city


def test_a_subject_without_anybody_who_may_practise_it_is_not_added(walker, house):
    subjects = {"subjects": [{"subject": code, "remark": ""} for code in ("03", "04", "10")]}
    case = change(walker, house, "subject", subjects=subjects)
    assert "I-C-STAFF" in found(house, case)


def test_who_may_practise_only_what_is_given_up_is_put_to_her_authority(walker, house, haidian, district_desk):
    made = make_doctor("林知夏", house, haidian, by=district_desk.decider)
    case = change(walker, house, "subject", subjects={"subjects": [{"subject": "04", "remark": "门诊"}]})
    assert "I-C-LEFT" in found(house, case)
    walker.walk(case)
    with acting_as_system("test"):
        proposal = Proposal.objects.get(consequence="doctors.subject_given_up")
        assert (proposal.subject_id, proposal.authority_scope) == (made.subject.pk, haidian.pk)
        assert house.held.licence.subjects == ["04"]


@pytest.mark.parametrize(
    ("kinds", "steps", "code"),
    [
        (("name",), {}, "I-C-NOTHING"),
        (("address",), {"address": {"district": "110105", "address": "北京市朝阳区望京路 1 号"}}, "I-C-AREA"),
        (("beds",), {"site": {"beds": "0"}}, "I-MODES"),
    ],
)
def test_each_condition_of_a_change_is_asked(walker, house, kinds, steps, code):
    assert code in found(house, change(walker, house, *kinds, **steps))


def test_an_institution_applies_for_itself_alone(walker, house, another_institution):
    other = Candidate(another_institution.subject.pk, another_institution.scope.name)
    with pytest.raises(NotPossibleError, match="只能为本机构"):
        walker.draft(house.operator, "inst_reissue", {}, person=other, institution=house.scope.pk)


def test_a_lost_licence_is_made_again_with_its_number(walker, house):
    lost = {"ground": "lost", "lost_on": TODAY.isoformat(), "declared_at": "北京示范日报"}
    walker.walk(drafted(walker, house, "inst_reissue", {"reissue": lost}))
    with acting_as_system("test"):
        held = Certificate.objects.all().filter(subject_id=house.subject.pk, status=Status.VALID)
        assert {(each.version, each.made_for) for each in held} == {(2, "lost")}
        assert {each.number for each in held} == {house.held.licence.registration_number}


def ends(house, on):
    """The term of the licence ends on a day."""
    with acting_as_system("test"):
        licence = house.held.licence
        with changing(kind=ChangeKind.CORRECTION, actor=None, cause="test", reason="test") as correcting:
            correcting.state(
                InstitutionLicence, house.subject, LINE, {**licence.values(), "term_to": on},
                valid_from=TODAY, authority_scope=licence.authority_scope,
            )  # fmt: skip


def test_a_further_term_goes_on_from_the_last(walker, house):
    last = TODAY + timedelta(days=60)
    ends(house, last)
    walker.walk(drafted(walker, house, "inst_renew", {}))
    with acting_as_system("test"):
        licence = house.held.licence
        assert (licence.term_from, licence.term_to) == (last + timedelta(days=1), add_years(last, 5))


def test_a_further_term_is_not_offered_long_before(walker, house):
    with pytest.raises(NotPossibleError, match="届满前 6 个月起可以申请"):
        drafted(walker, house, "inst_renew", {})


def test_with_the_licence_its_original_and_duplicate_end(house):
    with acting_as_system("test"):
        with changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="吊销") as ending:
            end_licence(ending, house.subject.pk, on=TODAY + timedelta(days=1), status="revoked")
        held = Certificate.objects.all().filter(subject_id=house.subject.pk)
        assert {(each.status, each.ending) for each in held} == {("revoked", "penalty")}


def test_when_the_last_who_may_practise_a_subject_leaves_the_clerk_of_the_institution_is_told(
    house, haidian, district_desk
):
    first, last = (make_doctor(name, house, haidian, by=district_desk.decider) for name in ("林知夏", "周知秋"))
    for made, told in ((first, 0), (last, 1)):
        with (
            acting_as_system("test"),
            changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="离岗") as change,
        ):
            mine = Registration.objects.as_of(TODAY).get(subject_id=made.subject.pk)
            change.end(Registration, made.subject, mine.line, on=TODAY)
            change.flush()
            tell_institutions_left([change.id])
            proposals = Proposal.objects.filter(consequence="institutions.unstaffed", subject_id=house.subject.pk)
            assert [("内科" in each.title) for each in proposals] == [True] * told
