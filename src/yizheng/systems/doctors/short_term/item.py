"""What the business items of short-term practice have in common: who may ask for it, what a grant writes and certifies, how it ends.

港澳医师短期行医规定 第二条、第八条、第九条、第十三条; 外国医师短期行医办法 第二条、第九条.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.documents.authorities import authority
from yizheng.documents.models import Ending
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of, table
from yizheng.kernel.statutes import hk_macau_rules
from yizheng.licensing.item import Effect, Stage, WorkingDays
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.models import ShortTermPractice
from yizheng.systems.doctors.models.short_term import line
from yizheng.systems.doctors.permit_item import PermitItem
from yizheng.systems.doctors.permitted import by_resident_card
from yizheng.systems.doctors.short_term.limits import HMT_LEVEL
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners import permits
from yizheng.systems.practitioners.identities import identity_on, show_to
from yizheng.systems.practitioners.item import office
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.permit import ENDED, REVOKED
from yizheng.systems.practitioners.prefilling import own_number


class ShortTermItem(PermitItem[ShortTermPractice]):
    """An item about short-term practice; the level that decides is dated data."""

    group = "短期行医"
    permit = ShortTermPractice
    level_rule: ClassVar[str] = HMT_LEVEL
    statutory = WorkingDays(20, hk_macau_rules(8))

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The identity, what stands of short-term practice, and the licence of the host."""
        with acting_as_system("固定决定依据"):
            identity = identity_on(case.subject_id, on)
        return [*([] if identity is None else [identity]), *super().basis(case, on)]

    def enter_at(
        self, hosts: Iterable[Mapping[str, Any]], said: Mapping[str, Any], identity: PersonIdentity, case: Case,
        change: ChangeInProgress,
    ) -> list[ShortTermPractice]:  # fmt: skip
        """The practice at each host, which says where, at what and under which agreement, besides what is ``said`` of all.

        It ends with the agreement at the latest; the hosts and the authority see the person from now on.
        """
        entered = []
        assert case.decided_by is not None
        for host in hosts:
            values = {**said, **host, "valid_until": min(said["valid_until"], host["contract_to"])}
            practice = change.state(
                ShortTermPractice, identity.subject_id, line(host["institution"]), values,
                valid_from=said["issued_on"], authority_scope=case.decided_by,
            )  # fmt: skip
            entered.append(practice)
            show_to(change, identity, host["institution"], case.decided_by, f"case:{case.pk}")
        return entered

    def certified(
        self, practices: list[ShortTermPractice], identity: PersonIdentity, case: Case, **also: str
    ) -> Effect:
        """What the grant says and what its certificate prints."""
        first, until = practices[0], max(each.valid_until for each in practices)
        names = licences.licences_on([each.institution_id for each in practices], first.issued_on)
        works = dict.fromkeys(each.specialty for each in practices)
        allowed = (
            {"category": name_of("practice_category", first.category), "scope": first.work}
            if first.category
            else {"work": "；".join(works)}
        )
        return permits.certified(
            f"准予短期行医，证书编号 {first.certificate_number}，有效期至{long_date(until)}",
            certificate_kind(first.origin),
            identity,
            number=first.certificate_number,
            issuer=authority(office(case.decided_by).code).name,
            institution="；".join(names[each.institution_id].name for each in practices),
            valid_from=first.issued_on,
            valid_until=until,
            **also,
            **allowed,
        )

    def end(
        self, practices: Iterable[ShortTermPractice], change: ChangeInProgress, on: date, reason: str
    ) -> list[ShortTermPractice]:
        """The practices stand no longer from ``on``, each for this reason; their certificates end with them."""
        sanction = table("short_term_ending_reason")[reason].flag("sanction")
        status, ending = (REVOKED, Ending.PENALTY) if sanction else (ENDED, Ending.CANCELLED)
        return permits.end(practices, change, on, reason=reason, status=status, ending=ending)


class AskedItem(ShortTermItem):
    """An item by which somebody without a resident identity card asks for a practice."""

    document: ClassVar[IdentifierKind]
    """The kind of number she is known by."""
    route = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Not for holders of a resident identity card."""
        return by_resident_card(subject_id)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Name and numbers of the account; where she was registered before, sex and birth date."""
        account = Account.objects.filter(subject_id=subject_id).first()
        identity = self.held(subject_id, timezone.localdate()).identity
        known: dict[str, Any] = {
            "name": "" if account is None else account.display_name,
            "id_number": own_number(subject_id, self.document, account),
            "mobile": own_number(subject_id, IdentifierKind.MOBILE, account),
        }
        if identity is not None:
            known |= {"name": identity.name, "sex": identity.sex, "birth_date": identity.birth_date}
        return {"person": known}


def certificate_kind(origin: str) -> str:
    """The kind of certificate doctors of this origin are given."""
    return table("short_term_origin")[origin].attributes["certificate"]


def host(name: str, on: date) -> InstitutionLicence:
    """An institution by its registered name. Raises NotPossibleError where it has no licence on the day."""
    licence = licences.named(name, on)
    if licence is None:
        raise NotPossibleError(f"{name}在决定日没有执业许可")
    return licence
