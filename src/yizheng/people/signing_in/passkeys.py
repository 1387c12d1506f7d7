"""通行密钥: the second factor by a key on the person's own device (W3C WebAuthn), beside the one-time code.

A passkey answers only the site it was made for, so it cannot be given away on a false page. The one-time code stays set up
beside it: an account never hangs on one device. Challenges lie in the session, hold for one answer and five minutes.
"""

import base64
import json
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from yizheng.people import audit
from yizheng.people.enciphering import cipher, masterkey
from yizheng.people.models import Account, Passkey

MOST = 10
_SECONDS = 300
_RELYING_PARTY = "医政平台"
_ENROL, _PROVE = "enrol", "prove"


class PasskeyRefused(ValueError):
    """The key cannot be set up so; the message says why in Chinese."""


def keys_of(account: Account) -> list[Passkey]:
    """The keys that open the account, the oldest first."""
    return list(Passkey.objects.filter(account=account, revoked_at=None).order_by("id"))


def held(account: Account) -> bool:
    """Whether any key opens the account."""
    return Passkey.objects.filter(account=account, revoked_at=None).exists()


def enrolment_options(request: HttpRequest, account: Account) -> str:
    """What the browser needs to make a key, as JSON; its challenge is remembered."""
    options = generate_registration_options(
        rp_id=_site(request),
        rp_name=_RELYING_PARTY,
        user_id=cipher.digest(masterkey.keys().index, f"passkey:{account.pk}", 32),
        user_name=account.username,
        user_display_name=account.display_name,
        exclude_credentials=_descriptors(account),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    _remember(request, account, _ENROL, options.challenge)
    return options_to_json(options)


def enrol(request: HttpRequest, account: Account, name: str, answer: str) -> Passkey:
    """Let the key the browser made open the account. Recorded. Raises PasskeyRefused."""
    name = " ".join(name.split())[:60]
    challenge = _take(request, account, _ENROL)
    if not name:
        raise PasskeyRefused("请给这把密钥起一个名称，如“办公室指纹”。")
    if challenge is None:
        raise PasskeyRefused("停留太久，请再点一次“设置”。")
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_site(request),
            expected_origin=_origin(request),
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PasskeyRefused("浏览器交回的密钥没有通过校验，请再试一次。") from None
    with transaction.atomic():
        list(Account.objects.select_for_update(no_key=True).filter(pk=account.pk))
        if len(keys_of(account)) >= MOST:
            raise PasskeyRefused(f"最多设置 {MOST} 把，请先撤销不用的。")
        if Passkey.objects.filter(credential=made.credential_id).exists():
            raise PasskeyRefused("这把密钥已经设置过。")
        key = Passkey.objects.create(
            account=account,
            name=name,
            credential=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            synced=made.credential_backed_up,
        )
        audit.record(account, "passkey.enrol", f"account:{account.pk}", {"passkey": key.pk, "synced": key.synced})
    return key


def proof_options(request: HttpRequest, account: Account) -> str:
    """What the browser needs to prove itself with one of the account's keys; empty when there is none."""
    known = _descriptors(account)
    if not known:
        return ""
    options = generate_authentication_options(
        rp_id=_site(request), allow_credentials=known, user_verification=UserVerificationRequirement.PREFERRED
    )
    _remember(request, account, _PROVE, options.challenge)
    return options_to_json(options)


def proves(request: HttpRequest, account: Account, answer: str) -> bool:
    """Whether the answer was made now, here, by a key of the account; one of two equal answers wins."""
    challenge = _take(request, account, _PROVE)
    key = _answering(account, answer)
    if challenge is None or key is None:
        return False
    try:
        proof = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_site(request),
            expected_origin=_origin(request),
            credential_public_key=bytes(key.public_key),
            credential_current_sign_count=key.sign_count,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return False
    used = Passkey.objects.filter(pk=key.pk, revoked_at=None, sign_count=key.sign_count)
    if used.update(sign_count=proof.new_sign_count, used_at=timezone.now()) != 1:
        return False
    audit.record(account, "passkey.use", f"account:{account.pk}", {"passkey": key.pk})
    return True


def revoke(key: Passkey, actor: Account, reason: str = "") -> bool:
    """The key opens nothing any more. Recorded; false when it was revoked before."""
    open_ones = Passkey.objects.filter(pk=key.pk, revoked_at=None)
    with transaction.atomic():
        if open_ones.update(revoked_at=timezone.now(), revoked_by=actor) != 1:
            return False
        detail: dict[str, Any] = {"passkey": key.pk} | ({"reason": reason} if reason else {})
        audit.record(actor, "passkey.revoke", f"account:{key.account_id}", detail)
    return True


def revoke_all(account: Account, actor: Account, reason: str) -> int:
    """The administrator's way when devices are lost; returns how many keys that ended."""
    return sum(revoke(key, actor, reason) for key in keys_of(account))


def possible(request: HttpRequest) -> bool:
    """Whether browsers offer passkeys at this address: by a name, not by numbers, and over TLS or on this machine."""
    site = _site(request)
    return not site.replace(".", "").isdecimal() and ":" not in site and (request.is_secure() or site == "localhost")


def _descriptors(account: Account) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=bytes(key.credential)) for key in keys_of(account)]


def _answering(account: Account, answer: str) -> Passkey | None:
    try:
        credential = base64url_to_bytes(json.loads(answer)["rawId"])
    except (ValueError, KeyError, TypeError):
        return None
    return Passkey.objects.filter(account=account, revoked_at=None, credential=credential).first()


def _remember(request: HttpRequest, account: Account, what: str, challenge: bytes) -> None:
    request.session[f"passkey_{what}"] = {
        "account": account.pk,
        "at": timezone.now().timestamp(),
        "challenge": base64.b64encode(challenge).decode(),
    }


def _take(request: HttpRequest, account: Account, what: str) -> bytes | None:
    """The challenge this session gave the account, once."""
    given = request.session.pop(f"passkey_{what}", None)
    if not given or given["account"] != account.pk or timezone.now().timestamp() - given["at"] > _SECONDS:
        return None
    return base64.b64decode(given["challenge"])


def _site(request: HttpRequest) -> str:
    return request.get_host().rsplit(":", 1)[0]


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
