"""The tables of the room, one concept a file."""

from yizheng.people.kinds import AccountKind, ScopeKind
from yizheng.people.models.account import Account, IdentityClaim
from yizheng.people.models.audit import AuditEntry, UnmaskingRecord
from yizheng.people.models.credential import OneTimePassword, Passkey, RecoveryCode, SignInLock, TotpDevice
from yizheng.people.models.rights import Access, Grant, GrantProposal, Scope
from yizheng.people.models.search import NameKey, SearchName
from yizheng.people.models.vault import DataKey, VaultEntry

__all__ = [
    "Access",
    "Account",
    "AccountKind",
    "AuditEntry",
    "DataKey",
    "Grant",
    "GrantProposal",
    "IdentityClaim",
    "NameKey",
    "OneTimePassword",
    "Passkey",
    "RecoveryCode",
    "Scope",
    "ScopeKind",
    "SearchName",
    "SignInLock",
    "TotpDevice",
    "UnmaskingRecord",
    "VaultEntry",
]
