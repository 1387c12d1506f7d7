"""What a clerk does at the counter for an individual whose document lies before her (窗口核对证件).

The clerk types the number from the document, and it must be the account's own: nothing happens for somebody who is
only said to be there. A disputed claim is settled by merging its subject into the register's, or it is rejected.
"""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from yizheng.people import audit, vault
from yizheng.people.accounts.signup import DOCUMENTS
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, IdentityClaim
from yizheng.people.permissions import may, scopes_of
from yizheng.people.rights.grants import Refused, checked_reason
from yizheng.people.rights.roles import Power
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import names_of
from yizheng.people.signing_in import onetime, passkeys, totp
from yizheng.people.signing_in.backends import login_index
from yizheng.registry import ChangeKind, changing

State = IdentityClaim.State
_SHORTEST_NUMBER = 8


def find(text: str, actor: Account) -> Account | None:
    """The individual's account of exactly this user name, claim number, mobile or document number. Recorded."""
    wanted = text.strip()
    found = _individuals().filter(username=wanted).first() or _by_claim(wanted) or _by_number(wanted, actor)
    audit.record(actor, "counter.find", f"account:{found.pk}" if found else "", {"hit": found is not None})
    return found


def registered(claim: IdentityClaim) -> tuple[int, list[str]] | None:
    """Whom the register knows by the number of a disputed claim, and by which names; None when nobody."""
    found = _registered_subject(claim)
    if found is None:
        return None
    with acting_as_system("comparing a disputed identity claim at the counter"):
        return found, sorted(names_of(found))


def reset_password(
    account: Account, actor: Account, number: str, reason: str, *, without_authenticator: bool = False
) -> str:
    """A one-time password for the person at the counter; her lost authenticator goes if she says so. Raises Refused."""
    _check(account, actor, number)
    with transaction.atomic():
        if without_authenticator:
            passkeys.revoke_all(account, actor, checked_reason(reason))
            totp.remove(account, actor, checked_reason(reason))
        return onetime.issue(account, onetime.Purpose.RESET, actor, reason)


def accept(claim: IdentityClaim, actor: Account, number: str, reason: str) -> None:
    """The document is hers: from now the account speaks for the register's subject. Of two at once one wins.

    Another account of that subject stays in the way while it can sign in; a stopped one loses the subject.
    Raises Refused.
    """
    reason = checked_reason(reason)
    _check(claim.account, actor, number)
    own, known = claim.account.subject_id, _registered_subject(claim)
    if own is None or known is None or known == own:
        raise Refused("登记中没有持这一证件的主体，不能并入；如登记已更正，请刷新后再看")
    with transaction.atomic(), acting_as_system("settling an identity claim"):
        _settle(claim, State.ACCEPTED, actor, reason, former_subject=own)
        _merge(own, known, actor, reason, claim)
        _make_room(known, actor)
        try:
            with transaction.atomic():
                Account.objects.filter(pk=claim.account_id).update(subject_id=known)
        except IntegrityError:
            raise Refused("登记主体刚刚有了账号，请刷新后再看") from None
        audit.record(actor, "identity.accept", f"account:{claim.account_id}", {"subject": known, "reason": reason})


def reject(claim: IdentityClaim, actor: Account, reason: str) -> None:
    """The document is not shown or not hers: the account keeps the subject of its own. Raises Refused."""
    reason = checked_reason(reason)
    _may(actor)
    with transaction.atomic():
        _settle(claim, State.REJECTED, actor, reason)
        audit.record(actor, "identity.reject", f"account:{claim.account_id}", {"reason": reason})


def _individuals() -> QuerySet[Account]:
    return Account.objects.filter(kind=AccountKind.INDIVIDUAL)


def _by_claim(text: str) -> Account | None:
    """By the number of a claim that waits; other accounts are not found by counting."""
    if not (text.isascii() and text.isdecimal() and len(text) < _SHORTEST_NUMBER):
        return None
    waiting = _individuals().filter(identity_claim__state=State.DISPUTED)
    return waiting.filter(pk=int(text)).first()


def _by_number(text: str, actor: Account) -> Account | None:
    """By a mobile number that signs in to this account alone, or a document number."""
    if len(text) < _SHORTEST_NUMBER:
        return None
    by_mobile = list(_individuals().filter(login_index=login_index(text))[:2])
    if by_mobile:
        return by_mobile[0] if len(by_mobile) == 1 else None
    for kind, read in DOCUMENTS.items():
        if not read(text).problems:
            subject = vault.resolve(kind, text, actor, "窗口检索个人账号")
            if subject is not None:
                return _individuals().filter(subject_id=subject).first()
    return None


def _registered_subject(claim: IdentityClaim) -> int | None:
    """The subject that holds what the claim's own subject only claims."""
    own = claim.account.subject_id
    if own is None or claim.state != State.DISPUTED:
        return None
    return next((found for kind in DOCUMENTS if (found := vault.rightful_holder(own, kind)) is not None), None)


def _may(actor: Account) -> None:
    if not may(actor, Power.CHECK_DOCUMENTS):
        raise Refused("只有受理人员可以在窗口核对证件")


def _check(account: Account, actor: Account, number: str) -> None:
    """The account is an individual's, and the number on the document is its own."""
    _may(actor)
    if account.kind != AccountKind.INDIVIDUAL or account.subject_id is None:
        raise Refused("这里只为个人账号办理；工作人员和机构经办人的密码由系统管理员重置")
    if not any(vault.holds(account.subject_id, kind, number) for kind in DOCUMENTS):
        audit.record(actor, "counter.mismatch", f"account:{account.pk}")
        raise Refused("证件号码与该账号登记的不一致，请核对原件后再填")


def _settle(claim: IdentityClaim, state: State, actor: Account, reason: str, former_subject: int | None = None) -> None:
    waiting = IdentityClaim.objects.filter(pk=claim.pk, state=State.DISPUTED)
    done = waiting.update(
        state=state, settled_by=actor, settled_at=timezone.now(), reason=reason, former_subject_id=former_subject
    )
    if done != 1:
        raise Refused("这项身份核实已有人处理，请刷新后再看")


def _merge(own: int, known: int, actor: Account, reason: str, claim: IdentityClaim) -> None:
    """The register learns that both subjects are one person; both are locked from here on."""
    office = scopes_of(actor, Role.ACCEPTOR)[0]
    with changing(
        kind=ChangeKind.CORRECTION, actor=actor.pk, cause=f"identity_claim:{claim.pk}", reason=reason
    ) as change:
        change.merge(own, known, valid_from=timezone.localdate(), authority_scope=office.pk)


def _make_room(known: int, actor: Account) -> None:
    other = _individuals().filter(subject_id=known).first()
    if other is None:
        return
    if other.is_active:
        raise Refused(
            f"登记主体已有在用的账号 {other.username}。那个账号是本人的，请为它开具一次性密码；"
            "不是本人的，请系统管理员先停用那个账号"
        )
    Account.objects.filter(pk=other.pk).update(subject=None, login_index=None)
    audit.record(actor, "identity.detach", f"account:{other.pk}", {"subject": known})
