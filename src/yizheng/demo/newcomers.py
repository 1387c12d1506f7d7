"""Doctors from Hong Kong, Taiwan and abroad, and special qualifications, in several states; done today with the real verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from yizheng.demo import papers, sign_ins
from yizheng.demo.making import Making
from yizheng.licensing import examining
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import keep, open_draft
from yizheng.licensing.verbs.reviewing import dispose
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, IdentityClaim
from yizheng.people.scope import acting_as
from yizheng.registry import ChangeKind, changing

Typed = dict[str, dict[str, Any]]
HMT, FOREIGN = "hmt_short_term_registration", "foreign_short_term_permit"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody without a resident number: how she signs in, what she shows, how far her case has come."""

    username: str
    name: str
    number: str
    origin: str
    state: CaseState
    born: str = "1979-06-12"


NEWCOMERS = (
    Newcomer("foreign-doctor", "Amelia Hartwell", "X20418833", "826", CaseState.GRANTED),
    Newcomer("foreign-doctor-2", "Jonas Lindqvist", "X20418834", "752", CaseState.DECIDING),
    Newcomer("foreign-doctor-3", "Chiara Bellomo", "X20418835", "380", CaseState.DRAFT),
    Newcomer("hmt-doctor", "区慕白", "H80214477", "HK", CaseState.GRANTED),
    Newcomer("hmt-doctor-2", "简知远", "80214478", "TW", CaseState.RECEIVED),
    Newcomer("hmt-doctor-3", "何濠生", "M80214479", "MO", CaseState.REVIEWING),
)
SPECIAL: tuple[tuple[str, dict[str, Any], CaseState], ...] = (
    ("sq_radiation", {"detail": "diagnosis", "health_checked_on": -40}, CaseState.GRANTED),
    ("sq_checkup_chief", {}, CaseState.GRANTED),
    ("sq_western_tcm", {"detail": "west_to_tcm"}, CaseState.GRANTED),
    ("sq_prenatal", {}, CaseState.REVIEWING),
    ("sq_mch_premarital", {}, CaseState.RECEIVED),
)
"""One case for each of the registered physicians who file."""


def begin(making: Making) -> int:
    """All of them; returns how many cases were begun."""
    begun = [_newcomer(making, each) for each in NEWCOMERS]
    practising = [making.staff[name] for name in reversed(sign_ins.FILERS) if name in making.staff]
    begun += [_special(making, account, *plan) for account, plan in zip(practising, SPECIAL, strict=False)]
    return len(begun)


def _newcomer(making: Making, person: Newcomer) -> Case:
    foreign = person.origin.isdecimal()
    kind = IdentifierKind.PASSPORT if foreign else IdentifierKind.HMT_PERMIT
    with changing(
        kind=ChangeKind.EXCHANGE, actor=None, cause="registration", reason="个人实名注册"
    ) as change:
        subject = int(change.subject("person").pk)
    vault.store(subject, kind, person.number)
    account = Account(
        username=person.username, kind=AccountKind.INDIVIDUAL, display_name=person.name, subject_id=subject,
        password=making.staff[sign_ins.READY_DOCTOR].password,
    )  # fmt: skip
    account.save()
    IdentityClaim.objects.create(account=account, state=IdentityClaim.State.NEW)
    typed = _abroad(making, person) if foreign else _hmt(making, person)
    return _walk(making, account, FOREIGN if foreign else HMT, typed, person.state, "city")


def _day(making: Making, number: int) -> str:
    return (making.today + timedelta(days=number)).isoformat()


def _hmt(making: Making, person: Newcomer) -> Typed:
    return {
        "person": {
            "name": person.name, "foreign_name": "Demo Doctor", "sex": "1", "birth_date": person.born,
            "origin": person.origin, "id_type": "07" if person.origin == "TW" else "06",
            "id_number": person.number, "permanent_resident_number": "D000000", "mobile": "+852 5000 0000",
        },
        "licence": {
            "home_licence_number": "D-0001", "home_licence_authority": "当地示范医务委员会", "medical_degree": "医学士",
            "notarisation_number": "示范公证 1 号",
        },
        "practice": {
            "institution": sign_ins.HOSPITAL, "category": "clinical", "scope": "11",
            "contract_from": _day(making, 0), "contract_to": _day(making, 800),
        },
        "proofs": {
            "health_checked_on": _day(making, -20), "photo_taken_on": _day(making, -20),
            "criminal_checked_on": _day(making, -20),
        },
        "declaration": {"health": "fit", "criminal_record": "no", "ban": "no", "truth": True},
    }  # fmt: skip


def _abroad(making: Making, person: Newcomer) -> Typed:
    host = {
        "institution": sign_ins.HOSPITAL, "work": "全科诊疗示教", "place": "全科", "agreement_number": "示范协议 1",
        "agreement_from": _day(making, 0), "agreement_to": _day(making, 300),
    }  # fmt: skip
    return {
        "person": {
            "name": person.name, "sex": "2", "birth_date": person.born, "nationality": person.origin,
            "id_number": person.number, "passport_until": _day(making, 1500), "mobile": "+44 7700 900000",
        },
        "licence": {
            "degree": "MD", "university": "Demo University", "home_licence_number": "D-0002",
            "home_licence_authority": "Demo Medical Council", "specialty": "General practice",
            "notarisation_number": "DEMO-2",
        },
        "hosts": {"hosts": [host]},
        "proofs": {"health_checked_on": _day(making, -20), "photo_taken_on": _day(making, -20), "truth": True},
    }  # fmt: skip


def _special(making: Making, account: Account, code: str, said: dict[str, Any], state: CaseState) -> Case:
    with acting_as(account):
        begun = open_draft(account, code)
        named = begun.answers.get("special", {}).get("institution", "")
    house = next((each for each in making.houses if each.name == named), None)
    typed = {
        "title_held": "232", "training_base": "北京示范培训基地", "trained_from": _day(making, -300),
        "trained_to": _day(making, -60), "result": "pass",
        **{name: _day(making, value) if isinstance(value, int) else value for name, value in said.items()},
    }  # fmt: skip
    desk = (
        "city" if house is None or code == "sq_prenatal" else _office(code, house.authority, house.district)
    )
    return _walk(making, account, code, {"special": typed}, state, desk)


def _office(code: str, authority: str, district: str) -> str:
    """Whose desks the case lies on."""
    return sign_ins.OFFICES[district if code in ("sq_radiation", "sq_mch_premarital") else authority]


def _walk(making: Making, account: Account, code: str, typed: Typed, state: CaseState, desk: str) -> Case:
    with acting_as(account):
        case = keep(open_draft(account, code), account, typed)
        for view in examining.examine(case, making.today).materials:
            _paper(making, case, view.material.code, view.material.title)
        if state is CaseState.DRAFT or examining.examine(case, making.today).hindrance(weigh_advice=False):
            return case
        perform(case, "submit", account)
    if case.state == CaseState.CONFIRMING and state is not CaseState.CONFIRMING:
        operator = making.operator_at(case.institution_scope)
        perform(case, "confirm", operator)
    if case.state == CaseState.CHECKING:
        perform(case, "check_off", making.staff[f"{desk}-accept"])
    elif state in (CaseState.REVIEWING, CaseState.DECIDING, CaseState.GRANTED):
        _through(making, case, state, desk)
    return case


def _through(making: Making, case: Case, state: CaseState, desk: str) -> None:
    perform(case, "accept", making.staff[f"{desk}-accept"])
    if state is CaseState.REVIEWING:
        return
    reviewer = making.staff[f"{desk}-review"]
    for finding in examining.examine(case, making.today).open_advice:
        dispose(case, reviewer, finding.code, accepted=False, reason="已核对，符合规定。")
    perform(case, "pass_review", reviewer)
    if state is CaseState.GRANTED:
        perform(case, "grant", making.staff[f"{desk}-decide"], reason="符合规定，准予。")


def _paper(making: Making, case: Case, material: str, title: str) -> None:
    if material == "photo":
        papers.hand_in(case, material, papers.photo("2"), "证件照片.jpg")
        return
    content = papers.proof(title, ["兹证明所填内容属实。", "特此证明。"], "示范出具机构", making.today)
    papers.hand_in(case, material, content, f"{title}.pdf")
