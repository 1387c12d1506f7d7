"""An approval is told to the credit platform and the market regulator as it is decided, mended at its source, counted by month."""

from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Place, new_account, sign_in
from tests.systems.adverts.conftest import filed, walker
from tests.systems.adverts.test_ending import advert, relicense
from yizheng.exchange.channels.delivering import deliver
from yizheng.exchange.channels.figures import to_mend
from yizheng.exchange.channels.outbox import opened
from yizheng.exchange.channels.reconciling import fill, reconcile, untold
from yizheng.exchange.channels.sending_again import tell_anew
from yizheng.exchange.credit.channel import CREDIT
from yizheng.exchange.credit.timeliness import months
from yizheng.exchange.models import Message, MessageState
from yizheng.exchange.simulating.partners import PARTNERS, register
from yizheng.kernel.identifiers.uscc import uscc_check_character
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import jurisdiction
from yizheng.registry import ChangeKind, changing
from yizheng.systems.adverts.interfaces import MARKET_REGULATOR
from yizheng.systems.adverts.watching import watch
from yizheng.systems.institutions.models import InstitutionParty
from yizheng.systems.institutions.models.parties import LEGAL_REPRESENTATIVE

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def partners(city: Scope) -> None:
    for each in PARTNERS.values():
        register(each, city.pk)


def decided(hospital: Place, city_desk: Any) -> str:
    walker(hospital, city_desk).walk(filed(hospital, city_desk))
    return str(advert().number)


VALID_CODE = "12110108E99990017" + uscc_check_character("12110108E99990017")


def represented(hospital: Place) -> None:
    """The register learns who represents the hospital by law, and its code without the slip of the pen."""
    relicense(hospital, uscc=VALID_CODE)
    with (
        acting_as_system("test"),
        changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="test") as change,
    ):
        change.state(
            InstitutionParty, hospital.subject, LEGAL_REPRESENTATIVE,
            {"role": LEGAL_REPRESENTATIVE, "party_kind": "person", "name": "周远山"},
            valid_from=TODAY, authority_scope=jurisdiction("110108").pk,
        )  # fmt: skip


def figures() -> tuple[int, int, int, int]:
    (row,) = months(TODAY.replace(day=1), TODAY)
    return row.due, row.on_time, row.wrong, row.pending


def test_a_credit_record_comes_back_is_mended_at_its_source_and_counted(
    partners: None, hospital: Place, city_desk: Any, client: Any, city: Scope
) -> None:
    number = decided(hospital, city_desk)
    other = PARTNERS["city-credit"].channels["credit"]()
    (held_back,) = to_mend("credit")
    assert (held_back.key, held_back.code, held_back.version) == (number, "规则1", 1), (
        "no legal representative, and a code that is none"
    )
    assert figures() == (1, 0, 1, 0)

    represented(hospital)
    engineer = new_account(AccountKind.ENGINEER, "周运维", Role.ENGINEER, city)
    tell_anew(CREDIT, held_back, engineer)
    asked = other.judge
    other.judge = lambda each: (
        ("E10", "名称与统一社会信用代码登记不一致") if "澄怀" in str(each.payload["XK_XDR_MC"]) else asked(each)
    )
    assert deliver(CREDIT, other).sent == 1, "received is not accepted"
    assert deliver(CREDIT, other).rejected == 1
    (returned,) = to_mend("credit")
    assert (returned.version, returned.code) == (2, "E10")

    relicense(hospital, name="北京安和眼科医院")
    page = sign_in(client, engineer).post(
        f"/exchange/channels/credit/messages/{returned.pk}/", {"act": "anew"}, follow=True
    )
    assert "已按登记重新上报" in page.content.decode()
    for _ in range(2):
        run = deliver(CREDIT, other)
    assert (run.acked, to_mend("credit").count()) == (1, 0)
    assert other.payloads[number]["XK_XDR_MC"] == "北京安和眼科医院"
    assert other.held[number][0] == 3, "the same key, updated"
    assert figures() == (1, 1, 0, 0)
    month = sign_in(client, engineer).get("/exchange/credit/").content.decode()
    assert "100.00%" in month
    with acting_as_system("test"):
        assert reconcile(CREDIT, other).agrees


def test_what_is_taken_back_is_told_with_state_two_and_to_the_market_regulator(
    partners: None, hospital: Place, city_desk: Any
) -> None:
    represented(hospital)
    number = decided(hospital, city_desk)
    market = PARTNERS["market-regulator"].channels["market_regulator"]()
    assert deliver(MARKET_REGULATOR, market).acked == 1
    assert (market.payloads[number]["status"], len(market.payloads[number]["samples"])) == ("有效", 2)  # type: ignore[arg-type]
    relicense(hospital, status="revoked")
    watch()
    assert deliver(MARKET_REGULATOR, market).acked == 1
    assert market.payloads[number]["status"] == "已收回"
    told = opened(list(Message.objects.filter(channel="credit", key=number).order_by("version")))
    assert [each["XK_ZT"] for each in told] == ["1", "2"]
    assert (told[0]["XK_XKLB"], told[0]["XK_XKWS"], told[0]["XK_FRDB"]) == ("核准", "医疗广告审查证明", "周远山")


def test_before_the_partner_is_registered_nothing_is_entered_and_afterwards_the_register_fills_the_gap(
    hospital: Place, city_desk: Any, city: Scope
) -> None:
    represented(hospital)
    number = decided(hospital, city_desk)
    assert Message.objects.count() == 0
    assert untold(CREDIT, TODAY, TODAY) == [number] == untold(MARKET_REGULATOR, TODAY, TODAY)
    assert fill(CREDIT, [number]) == 1
    assert untold(CREDIT, TODAY, TODAY) == []


def test_a_decision_that_fails_leaves_no_message(
    partners: None, hospital: Place, city_desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = filed(hospital, city_desk)
    before = Message.objects.count()
    monkeypatch.setattr("yizheng.licensing.case_clock.timekeeping.update_clock", lambda *given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        walker(hospital, city_desk).walk(case)
    assert Message.objects.count() == before


def test_messages_wait_while_the_partner_judges(partners: None, hospital: Place, city_desk: Any) -> None:
    represented(hospital)
    decided(hospital, city_desk)
    other = PARTNERS["city-credit"].channels["credit"]()
    deliver(CREDIT, other)
    assert Message.objects.get(channel="credit").state == MessageState.SENT
