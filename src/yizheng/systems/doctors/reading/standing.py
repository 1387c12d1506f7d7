"""What must be there when a change is entered: the registration that counts, the identity, whoever decides in between."""

from __future__ import annotations

from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.systems.doctors.models import PersonIdentity, Registration
from yizheng.systems.doctors.reading.held import Held


def main_registration(held: Held) -> Registration:
    """The registration that counts. Raises NotPossibleError where none stands any more."""
    if held.main is None:
        raise NotPossibleError("注册已经终止，不能变更；请核对后再作决定")
    return held.main


def identity_of(held: Held) -> PersonIdentity:
    """The identity on record. Raises NotPossibleError where there is none."""
    if held.identity is None:
        raise NotPossibleError("登记簿中没有申请人的身份信息，先办理个人信息登记")
    return held.identity
