"""Giving an institution, or what one batch touched, back what the register knew of it: by two persons entitled to it.

After the change certificates and instruments are answered by new acts, the public entries of everybody touched are made
anew in the same transaction, and so are the names they are found by.
"""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from yizheng.disclosure import publishing
from yizheng.documents.compensation import Act, to_restoration
from yizheng.licensing.ports.questions import Named, who_is_called
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account, SearchName
from yizheng.people.permissions import held_by
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import index_name, index_names
from yizheng.registry.failures import RegistryError
from yizheng.registry.models import Change
from yizheng.registry.rolling_back.restoring import RestorationPreview, Wanted, preview_restoration, restore_known
from yizheng.systems.institutions.models import InstitutionLicence


class NotEntitled(RegistryError):
    """The account may not restore."""


def preview(wanted: Wanted) -> RestorationPreview:
    """What restoring would do, over the whole city."""
    with acting_as_system(wanted.cause):
        return preview_restoration(wanted)


def acts(found: RestorationPreview) -> list[Act]:
    """What restoring would do to certificates and instruments."""
    with acting_as_system(found.wanted.cause):
        return to_restoration(found).acts()


def authorities(found: RestorationPreview) -> frozenset[int]:
    """The authorities whose registrations would change."""
    return frozenset(scope for line in found.changed for scope in line.scopes)


def may_restore(account: Account, found: RestorationPreview) -> bool:
    """Whether the account decides for every authority concerned."""
    return held_by(account).has_over(Role.DECIDER, authorities(found))


def restore(wanted: Wanted, proposer: Account, approver: Account, reason: str) -> Change:
    """Do it. Raises RegistryError with the reason when it may not or cannot be done."""
    found = preview(wanted)
    for account in (proposer, approver):
        if found.changed and not may_restore(account, found):
            raise NotEntitled(f"账号 {account.username} 没有对全部相关机关的决定权，不能办理这次恢复。")
    with transaction.atomic(), acting_as_system(wanted.cause):
        change = restore_known(wanted, actor=proposer.pk, approved_by=approver.pk, reason=reason)
        to_restoration(found).carry_out(by=change.pk, on=timezone.localdate())
        publishing.refresh_facts((line.line.table, line.line.subject_id) for line in found.changed)
        _find_by_name({line.line.subject_id for line in found.changed})
        audit.record(
            proposer,
            "register.restore",
            f"change:{change.pk}",
            {"approved_by": approver.pk, "position": wanted.known.position, "reason": reason},
        )
    return change


def _find_by_name(subjects: set[int]) -> None:
    """Whoever was found by a name is found by the one that stands again."""
    today = timezone.localdate()
    scopes: defaultdict[int, list[int]] = defaultdict(list)
    borne = SearchName.objects.filter(subject_id__in=subjects).values_list("subject_id", "scope_id")
    for subject, scope in borne:
        scopes[subject].append(scope)
    people = who_is_called.ask(Named(frozenset(scopes), today))
    index_names([(subject, name, scope) for subject, name in people for scope in scopes[subject]])
    for licence in InstitutionLicence.objects.as_of(today).filter(subject_id__in=list(scopes)):
        index_name(licence.subject_id, licence.name, scopes[licence.subject_id], person=False)
