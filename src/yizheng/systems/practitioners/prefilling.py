"""What a form about a person begins with: her identity and her own numbers, so that nobody types what is known."""

from typing import Any

from yizheng.kernel.chinese_dates import parse_date
from yizheng.kernel.identifiers import sex_code_of
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.registry.models import Fact
from yizheng.systems.practitioners.models import PersonIdentity, TrainingProof

_REASON = "填写本人申请表"
EDUCATION = ("level", "degree", "school", "major", "learning_form", "graduated_on")
"""What a form asks of studies, by the names of the fact."""


def prefilled_person(subject_id: int, account: Account | None, identity: PersonIdentity | None) -> dict[str, Any]:
    """The step of the person: as the account was identified, and as the register knows her."""
    number = own_number(subject_id, IdentifierKind.RESIDENT_ID, account)
    return {
        "name": "" if account is None else account.display_name,
        "id_type": "01",
        "id_number": number,
        "mobile": own_number(subject_id, IdentifierKind.MOBILE, account),
        **known_identity(identity, number),
    }


def own_number(subject_id: int, kind: IdentifierKind, account: Account | None, reason: str = _REASON) -> str:
    """A number of the account's own subject, recorded as looked at by that account for this reason; empty where there is none."""
    if account is None:
        return ""
    try:
        return vault.reveal(subject_id, kind, account, reason)
    except vault.NotHeld:
        return ""


def known_identity(identity: PersonIdentity | None, number: str) -> dict[str, Any]:
    """Name, sex, birth date and ethnic group as the register or the identity number tell them."""
    if identity is not None:
        return {
            "name": identity.name,
            "sex": identity.sex,
            "birth_date": identity.birth_date,
            "ethnic_group": identity.ethnic_group,
        }
    if len(number) != 18:
        return {}
    return {"sex": sex_code_of(number), "birth_date": parse_date(number[6:14])}


def said(fact: Fact, *names: str) -> dict[str, Any]:
    """What a fact says in fields that the form calls by the same names."""
    return {name: getattr(fact, name) for name in names}


def prefilled_training(fact: TrainingProof) -> dict[str, Any]:
    """The step of the training, as it is on record."""
    return {
        "institution": fact.institution_name,
        "started_on": fact.started_on,
        "ended_on": fact.happened_on,
        "result": "pass" if fact.passed else "fail",
    }
