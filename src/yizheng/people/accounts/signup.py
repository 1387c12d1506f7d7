"""An individual registers herself: name, document number, mobile number, password (实名注册, 网络安全法: 真实身份信息).

Whether a number is known to the register or already has an account must not show. So every registration that is
filled in rightly gets an account and the same answer. Number and name as in the register lead to the subject
there; anything else gets a subject of its own, and a number that another holds stays a disputed claim until a
clerk has seen the document. Nothing here proves that the person is who she says: ``docs/threat-model.md``.
"""

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from yizheng.kernel.identifiers import check_hmt_permit, check_passport, check_resident_id
from yizheng.kernel.names.folding import fold_name, same_name
from yizheng.people import audit, vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, IdentityClaim
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import names_of
from yizheng.people.signing_in.backends import login_index
from yizheng.registry import ChangeKind, Subject, changing

DOCUMENTS = {
    IdentifierKind.RESIDENT_ID: check_resident_id,
    IdentifierKind.HMT_PERMIT: check_hmt_permit,
    IdentifierKind.PASSPORT: check_passport,
}


def register(name: str, document: IdentifierKind, number: str, mobile: str, password: str) -> Account:
    """Make the account and its subject of what was typed and checked for form.

    A mobile number that signs in to another account signs in to this one too.
    """
    with transaction.atomic(), acting_as_system("individual registers herself"):
        subject_id, state = _subject(name, document, number, mobile)
        account = Account.objects.create_account(
            f"p{secrets.token_hex(5)}", AccountKind.INDIVIDUAL, name, password=password, subject_id=subject_id
        )
        IdentityClaim.objects.create(account=account, state=state)
        Account.objects.filter(pk=account.pk).update(login_index=login_index(mobile))
        audit.record(account, "account.register", f"account:{account.pk}", {"claim": state})
    return account


def _subject(name: str, document: IdentifierKind, number: str, mobile: str) -> tuple[int, IdentityClaim.State]:
    """The register's subject when number and name agree and nobody signed up for it; else a fresh one.

    The fresh one is made either way, and taken back where it is not needed: else the time would tell who is known.
    """
    known = vault.resolve(document, number, None, "个人实名注册")
    named, taken = _is_named(known or 0, name), _taken(known or 0)
    with transaction.atomic():
        with changing(kind=ChangeKind.EXCHANGE, actor=None, cause="registration", reason="个人实名注册") as change:
            fresh = int(change.subject("person").pk)
        vault.store(fresh, document, number, disputed=known is not None)
        vault.store(fresh, IdentifierKind.MOBILE, mobile)
        if matched := known is not None and named and not taken:
            transaction.set_rollback(True)
    if known is None or not matched:
        return fresh, IdentityClaim.State.NEW if known is None else IdentityClaim.State.DISPUTED
    return known, IdentityClaim.State.MATCHED


def _is_named(subject_id: int, name: str) -> bool:
    return any(same_name(kept, fold_name(name)) for kept in names_of(subject_id))


def _taken(subject_id: int) -> bool:
    """Whether the person has an account; the subject is held, so that of two registrations at once one finds it taken."""
    Subject.objects.select_for_update(no_key=True).filter(pk=subject_id).first()
    return Account.objects.filter(subject_id=subject_id, kind=AccountKind.INDIVIDUAL).exists()


def check_password(name: str, numbers: tuple[str, ...], password: str) -> list[str]:
    """What is wrong with a password for somebody who has no account yet."""
    owner = Account(username="", display_name=name)
    try:
        validate_password(password, owner)
    except ValidationError as error:
        return list(error.messages)
    lowered = password.lower()
    return ["密码不能含有您的号码"] if any(number and number.lower() in lowered for number in numbers) else []
