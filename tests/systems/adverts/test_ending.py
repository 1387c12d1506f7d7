"""Approvals end: with the licence they rest on, by an act of the organ, by their term (医疗广告管理办法 第十三条、第十九条; 广告法)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.systems.adverts.conftest import filed, walker
from yizheng.exchange.models import Message, MessageState
from yizheng.exchange.simulating.partners import PARTNERS, register
from yizheng.kernel.calendar.periods import add_years
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.cases import examining
from yizheng.licensing.deadlines.daily import run
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Deadline, Proposal
from yizheng.licensing.verbs.enacting import propose
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.people.scopes import jurisdiction
from yizheng.registry import ChangeKind, changing
from yizheng.systems.adverts.interfaces import MARKET_REGULATOR
from yizheng.systems.adverts.models import AdvertApproval, AdvertBan, PublicAdvert
from yizheng.systems.adverts.watching import watch
from yizheng.systems.institutions.licensing import end_licence
from yizheng.systems.institutions.models import LINE, InstitutionLicence, VerificationPeriod
from yizheng.systems.institutions.models.verification import VERIFICATION
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.standing import restate
from yizheng.systems.institutions.verifying.ordering import order

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def advert():
    with acting_as_system("test"):
        return AdvertApproval.objects.as_of(TODAY).get()


def relicense(hospital, **changed):
    """Another version of the licence, by whatever act."""
    with acting_as_system("test"):
        licence = InstitutionLicence.objects.as_of(TODAY).get(subject_id=hospital.subject.pk)
        with changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="test") as change:
            values = {**licence.values(), **changed}
            scope = jurisdiction("110108").pk
            change.state(InstitutionLicence, hospital.subject, LINE, values, valid_from=TODAY, authority_scope=scope)


def act(code, desk, hospital, answers):
    found = advert()
    with acting_as(desk.reviewer):
        case = propose(
            desk.reviewer, code, subject_id=found.subject_id, subject_name=found.number,
            authority_scope=found.authority_scope, evidence="市场监管部门移送", answers=answers,
        )  # fmt: skip
    walker(hospital, desk).walk(case)
    return case


@pytest.mark.parametrize("status", ["suspended_penalty", "closed_temp", "deregistered", "revoked"])
def test_a_licence_that_stops_takes_its_adverts_back_within_the_hour(approved, hospital, status):
    relicense(hospital, status=status)
    assert watch() == 1
    assert advert().status == "taken_back"
    entry = PublicAdvert.objects.get()
    assert (entry.status, entry.samples) == ("taken_back", [])
    assert watch() == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"beds": 30}, "床位数"),
        ({"name": "北京另名眼科医院"}, "医疗机构第一名称"),
        ({"subjects": ["03"]}, "诊疗科目"),
        ({"status": "check_suspended"}, "暂缓校验"),
        ({"status": "check_due"}, "逾期"),
    ],
)
def test_a_licence_that_says_otherwise_is_put_to_the_organ_once(approved, hospital, changed, words):
    relicense(hospital, **changed)
    assert watch() == 0
    watch()
    with acting_as_system("test"):
        proposal = Proposal.objects.all().get()
    assert words in proposal.title
    assert proposal.authority_scope == advert().authority_scope
    assert advert().status == "valid"


@pytest.mark.parametrize("status", ["deregistered", "closed_temp", "check_suspended"])
def test_a_decision_about_the_licence_reaches_its_adverts_in_its_own_transaction(approved, hospital, status):
    with acting_as_system("test"):
        office, held = jurisdiction("110108"), Held(hospital.subject.pk, TODAY)
        with changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="test") as change:
            if status == "deregistered":
                end_licence(change, hospital.subject.pk, on=TODAY, status=status)
            else:
                restate(change, held, status, office)
        assert (advert().opened == change.id) is (status != "check_suspended")
        asked = Proposal.objects.filter(consequence="adverts.licence_differs", cause=change.id)
        assert asked.exists() is (status == "check_suspended")
    entry = PublicAdvert.objects.get()
    assert (entry.status, entry.samples) == ("paused" if status == "check_suspended" else "taken_back", [])


def test_an_order_to_be_verified_pauses_the_adverts_in_the_same_act(approved, hospital, haidian_desk):
    round_over = {"months": 12, "due_on": TODAY - timedelta(days=5)}
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change:
        period = change.state(
            VerificationPeriod, hospital.subject, VERIFICATION, round_over, valid_from=date(2024, 1, 1),
            authority_scope=jurisdiction("110108").pk,
        )  # fmt: skip
    with acting_as(haidian_desk.reviewer):
        assert order(haidian_desk.reviewer, [period.pk], TODAY).done == 1
    entry = PublicAdvert.objects.get()
    assert (entry.status, entry.samples) == ("paused", [])
    with acting_as_system("test"):
        assert "逾期" in Proposal.objects.get(consequence="adverts.licence_differs").title


def test_nothing_is_proposed_while_the_licence_says_the_same(approved, hospital):
    relicense(hospital, uscc="")
    assert watch() == 0
    with acting_as_system("test"):
        assert not Proposal.objects.all().exists()


def test_the_organ_takes_an_approval_back(approved, hospital, city_desk):
    act("ad_take_back", city_desk, hospital, {"cause": {"cause": "changed", "details": "床位"}})
    assert (advert().status, advert().reason) == ("taken_back", "执业许可证的登记事项变更，与审查内容不一致：床位")


@pytest.mark.parametrize(("ground", "years"), [("serious", 1), ("fraud", 3)])
def test_a_revocation_bars_the_institution_for_one_year_or_three(approved, hospital, city_desk, ground, years):
    document = {"ground": ground, "document_number": "京市监罚〔2026〕9号", "decided_on": TODAY.isoformat()}
    found = advert()
    with acting_as(city_desk.reviewer):
        case = propose(
            city_desk.reviewer, "ad_revoke", subject_id=found.subject_id, subject_name=found.number,
            authority_scope=found.authority_scope, evidence="处罚决定", answers={"ground": document},
        )  # fmt: skip
    with (
        acting_as_system("test"),
        changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="test") as change,
    ):
        case.item.effect(case, change, TODAY)
    case.item.after([case])
    assert advert().status == "revoked"
    with acting_as_system("test"):
        ban = AdvertBan.objects.as_of(TODAY).get(subject_id=hospital.subject.pk)
    assert ban.last_day_barred == add_years(TODAY, years)
    draft = filed(hospital, city_desk)
    with acting_as(hospital.operator):
        assert "A-BAN" in {each.code for each in examining.examine(draft, TODAY).findings.blocks}
        assert "A-BAN" in {each.code for each in examining.examine(draft, ban.last_day_barred).findings.blocks}
        after = examining.examine(draft, ban.last_day_barred + timedelta(days=1))
        assert "A-BAN" not in {each.code for each in after.findings.blocks}


def test_false_papers_bar_the_institution_for_a_year(hospital, city_desk, city):
    document = {"application": "26-000001", "document_number": "京卫医警〔2026〕3号", "decided_on": TODAY.isoformat()}
    with acting_as(city_desk.reviewer):
        case = propose(
            city_desk.reviewer, "ad_bar", subject_id=hospital.subject.pk, subject_name=hospital.scope.name,
            authority_scope=city.pk, evidence="校验记录系伪造", answers={"false_papers": document},
        )  # fmt: skip

    def decide() -> None:
        with (
            acting_as_system("test"),
            changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="test") as change,
        ):
            case.item.effect(case, change, TODAY)

    decide()
    with acting_as_system("test"):
        ban = AdvertBan.objects.as_of(TODAY).get(subject_id=hospital.subject.pk)
    assert (ban.ground, ban.last_day_barred) == ("false_papers", add_years(TODAY, 1))
    with pytest.raises(NotPossibleError, match="已在不受理期限内"):
        decide()


def test_the_end_of_the_term_is_told_beforehand_and_read_from_the_day(approved):
    found = advert()
    run(found.term_to - timedelta(days=40))
    with acting_as_system("test"):
        assert Deadline.objects.all().get(clock="advert_term").fires_on == found.term_to + timedelta(days=1)
    assert found.status_on(found.term_to) == "valid"
    assert found.status_on(found.term_to + timedelta(days=1)) == "expired"


def test_a_decision_that_the_market_regulator_did_not_answer_for_is_told_of_after_five_working_days(
    hospital, city_desk, city
):
    register(PARTNERS["market-regulator"], city.pk)
    walker(hospital, city_desk).walk(filed(hospital, city_desk))

    def waiting() -> list[date]:
        run(TODAY)
        with acting_as_system("test"):
            return list(Deadline.objects.all().filter(clock="advert_copy").values_list("fires_on", flat=True))

    assert waiting() == [working_calendar().add_working_days(TODAY, 5) + timedelta(days=1)]
    with acting_as_system("test"):
        told = Message.objects.filter(channel=MARKET_REGULATOR.code, key=advert().number)
        assert told.update(state=MessageState.ACKED) == 1
    assert waiting() == []
