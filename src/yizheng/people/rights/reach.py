"""What an account's grants open to it: worked out from the grants in force, once a request or job."""

from django.contrib.auth.models import AnonymousUser

from yizheng.kernel.remembering import Memory
from yizheng.kernel.rowscope import NOTHING, RowScope
from yizheng.people.kinds import AccountKind, ScopeKind
from yizheng.people.models import Account, IdentityClaim, Scope
from yizheng.people.rights.roles import RULES

#: Anyone a request may come from.
Actor = Account | AnonymousUser | None

_OPENING = [role for role, rule in RULES.items() if rule.opens_rows]


def reach_of(actor: Actor) -> RowScope:
    """The rows ``actor`` may see; nothing for nobody, for a closed account and for administrators.

    A grant over the city opens every jurisdiction. A district or an organisation opens itself and the subjects
    an ``Access`` row opens to it. A person sees herself, an institution's operator the institution.
    """
    if not isinstance(actor, Account) or not actor.is_active:
        return NOTHING
    if actor.kind == AccountKind.INDIVIDUAL:
        return RowScope(subjects=_own_subjects(actor), account=actor.pk)
    granted: list[tuple[int, str, int | None]] = list(
        Scope.objects.filter(grants__account=actor, grants__revoked_at=None, grants__role__in=_OPENING).values_list(
            "id", "kind", "subject_id"
        )
    )
    whole_city = any(kind == ScopeKind.CITY for _, kind, _ in granted)
    own = {subject for _, _, subject in granted if subject is not None}
    named = {scope for scope, _, _ in granted}
    scopes = named | set(jurisdictions()) if whole_city else named
    return RowScope(
        scopes=tuple(sorted(scopes)),
        subjects=tuple(sorted(own)),
        access=() if whole_city else tuple(sorted(named)),
        account=actor.pk,
    )


def _own_subjects(person: Account) -> tuple[int, ...]:
    """The person's subject, and the one she had until a clerk found her in the register. No role is a person's."""
    if person.subject_id is None:
        return ()
    accepted = IdentityClaim.objects.filter(account=person, state=IdentityClaim.State.ACCEPTED)
    former = accepted.values_list("former_subject_id", flat=True).first()
    return (person.subject_id,) if former is None else tuple(sorted((person.subject_id, former)))


def jurisdictions() -> list[int]:
    """The ids of every jurisdiction; within one request or job they are read once."""
    return JURISDICTIONS.ask(None, _jurisdictions)


def _jurisdictions() -> list[int]:
    kinds = [ScopeKind.CITY, ScopeKind.DISTRICT]
    return list(Scope.objects.filter(kind__in=kinds).order_by("id").values_list("id", flat=True))


JURISDICTIONS: Memory[None, list[int]] = Memory("yizheng_jurisdictions")
