"""How a licence stands: another status from a day on, with what follows for others in the same transaction."""

from yizheng.licensing.ports.consequences import carry_change, follow_change
from yizheng.people.models import Scope
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.models import LINE, InstitutionLicence
from yizheng.systems.institutions.record.entering import standing
from yizheng.systems.institutions.record.held import Held


def restate(change: ChangeInProgress, held: Held, status: str, office: Scope) -> None:
    """The licence stands otherwise from the day of ``held`` on. Raises NotPossibleError where none stands."""
    former = standing(held)
    if former.status == status:
        return
    values = {**former.values(), "status": status}
    new = change.state(InstitutionLicence, held.subject_id, LINE, values, valid_from=held.on, authority_scope=office.pk)
    carry_change(former, new, change, held.on)
    follow_change(former, new, cause=change.id, on=held.on)
