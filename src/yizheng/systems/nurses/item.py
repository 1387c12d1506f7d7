"""What the items about registered nurses have in common: the table of what a status allows, the certificate, a changed registration."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from yizheng.documents import sealing
from yizheng.documents.authorities import authority
from yizheng.kernel.remembering import Memory
from yizheng.kernel.signs import normalise_number
from yizheng.kernel.statutes import nurse_regulation
from yizheng.licensing.collective.naming import LOOKED_UP_FOR
from yizheng.licensing.item import Effect, PersonNumber
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions import licences
from yizheng.systems.nurses.models import SUSPENDED, NurseRegistration, NurseSpecialQualification
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.practitioners import checks
from yizheng.systems.practitioners.amending import in_force, read_lines, say
from yizheng.systems.practitioners.certificates import printed, printed_kind
from yizheng.systems.practitioners.item import PractitionerItem, office
from yizheng.systems.practitioners.permitted import PermittedBusiness
from yizheng.systems.practitioners.places import CITY, place_name
from yizheng.systems.practitioners.registered import Entry, people_register
from yizheng.systems.practitioners.registered_item import RegisteredItem
from yizheng.systems.practitioners.special.ending import end_special

NURSE_CERTIFICATE = printed_kind("nurse_practice", "护士执业证书", NurseRegistration, place="执业地点")
PERMITTED = PermittedBusiness(Path(__file__).parent / "data", "N-STATUS", nurse_regulation(8))
kept_here = checks.kept_here("N-KEPT", nurse_regulation(9))


def _holder(number: str, account: Account) -> int | None:
    """Whose certificate it is: the number is public and no secret of the vault."""
    with acting_as_system(LOOKED_UP_FOR):
        return people_register(NURSES.code).numbered([normalise_number(number)]).get(normalise_number(number))


PRINTED: Memory[int, dict[str, Any]] = Memory("yizheng_nurses_printed")
"""What certificates print by subject, for work on many nurses."""


class OfNurses(PractitionerItem):
    """An item of the register of nurses."""

    of, system, register, permitted = NURSES, "nurses", "护士", PERMITTED
    known_by = PersonNumber("护士执业证书编号", "number", _holder)


class NurseItem(RegisteredItem, OfNurses):
    """An item about a registered nurse."""

    def end_dependents(self, subject_id: int, change: ChangeInProgress, on: date, *, because: str) -> None:
        """Filings and special qualifications end with the registration."""
        super().end_dependents(subject_id, change, on, because=because)
        end_special(NurseSpecialQualification, subject_id, change, on, because=because)

    memories = (PRINTED,)


class ReprintingItem(NurseItem):
    """An item that changes what the certificate says."""

    def ahead(self, entries: Sequence[tuple[Case, ChangeInProgress]], on: date) -> None:
        """The registrations and certificates of all."""
        super().ahead(entries, on)
        with acting_as_system(f"登记{self.title}"):
            mains = [held.main for case, _ in entries if (held := self.held(case.subject_id, on)).main]
            read_lines(mains)
            PRINTED.learn(_printed(mains, entries[0][1].record.actor_id))


def main_of(held: Entry) -> NurseRegistration:
    """The registration that stands. Raises NotPossibleError where none does any more."""
    if held.main is None:
        raise NotPossibleError("护士执业注册已经终止，不能办理；请核对后再作决定")
    found: NurseRegistration = held.main
    return found


def suspend_until(held: NurseRegistration, last: date | None, change: ChangeInProgress, on: date) -> None:
    """An order to stop that runs goes on under the new registration until its last day (护士条例 第三十一条)."""
    if last is not None and last >= on:
        say(held, change, on, last + timedelta(days=1), status=SUSPENDED)


def certified_anew(
    held: Entry, registration: NurseRegistration, change: ChangeInProgress, on: date, *, entered: str, told: str
) -> Effect:
    """The effect with a new version of the certificate, on which what was ``entered`` is a row (护士条例 第八条至第十条).

    A registration taken over without its certificate gets its first one here, for which the deciding person opens the identity
    number in the vault; where silence decides nobody opens it, and the certificate waits for the next occasion.
    """
    if held.identity is None:
        return Effect(told)
    known = PRINTED.ask(
        registration.subject_id, lambda: _printed([registration], change.record.actor_id)[registration.subject_id]
    )
    if "identity_number" not in known:
        return Effect(told)
    keeper = office(registration.authority_scope)
    fields = printed(
        NURSE_CERTIFICATE, registration, held.identity, keeper,
        institution=licences.name_of(registration.institution_id, on), place=place_name(CITY),
        identity_number=known["identity_number"],
    )  # fmt: skip
    rows = [*known.get("changes", ()), [entered, on.isoformat(), authority(keeper.code).name]]
    return Effect(told, NURSE_CERTIFICATE.code, {**fields, "changes": rows})


def _printed(registrations: Sequence[NurseRegistration], actor: int | None) -> dict[int, dict[str, Any]]:
    """What the certificates in force of these registrations print, by subject; of others the identity number alone."""
    formers = in_force(registrations)
    found: dict[int, dict[str, Any]] = {each.subject_id: {} for each in registrations}
    for former, (fields, _check_word) in zip(formers, sealing.unseal_many(formers), strict=True):
        found[former.subject_id] = fields
    without = [subject for subject, fields in found.items() if not fields]
    decider = Account.objects.filter(pk=actor or 0).first() if without else None
    if decider is not None:
        numbers = vault.reveal_many(without, IdentifierKind.RESIDENT_ID, decider, "制发护士执业证书")
        found |= {subject: {"identity_number": number} for subject, number in numbers.items()}
    return found
