"""An approved advert is held against the licence it rests on (医疗广告管理办法 第十七条、第十九条).

That is done in the transaction in which a decision changes the licence, and every ten minutes for all adverts: for what began to
hold today, and for changes that came another way, by a file, a correction or a rollback. An advert of an institution that stopped,
was closed or lost its licence is taken back by itself; where the licence only says otherwise, or its verification is deferred or
overdue, the reviewing organ is asked to decide, and the public list pauses what may not be advertised meanwhile.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils import timezone

from yizheng.kernel.statutes import advert_rules
from yizheng.licensing.models import Proposal
from yizheng.licensing.ports.consequences import Carried, ProposedAct, carried_by_change, leads_to_act
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.models.fact import FactQuerySet
from yizheng.registry.verbs import ChangeInProgress
from yizheng.registry.writer.rows import Known, insert_many
from yizheng.systems.adverts import approving, publishing
from yizheng.systems.adverts.models import APPROVAL, AdvertApproval, PublicAdvert
from yizheng.systems.adverts.models.approval import TAKEN_BACK, VALID
from yizheng.systems.adverts.register import ADVERTS
from yizheng.systems.adverts.standing import ENDED, differences, may_advertise
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.work.schedules import schedule

PROPOSAL = "adverts.licence_differs"
leads_to_act(PROPOSAL, ProposedAct("ad_take_back", {"cause": {"cause": "changed"}}))


@schedule("*/10 * * * *", "adverts.watch", title="核对医疗广告所依据的执业许可")
def watch(today: date | None = None) -> int:
    """Take back and propose; how many adverts were taken back."""
    day = today or timezone.localdate()
    with acting_as_system("核对医疗广告所依据的执业许可"):
        adverts = list(_standing(day))
        licensed = licences.licences_on({each.institution_id for each in adverts}, day)
        gone = [each for each in adverts if _ended(licensed.get(each.institution_id))]
        for advert in gone:
            reason = f"收回审查证明：{_reason(licensed.get(advert.institution_id))}"
            cause = f"advert:{advert.subject_id}"
            with changing(kind=ChangeKind.DECISION, actor=None, cause=cause, reason=reason) as change:
                _take_back(change, [advert], licensed, day)
        left = [each for each in adverts if each not in gone]
        _propose(left, licensed)
        _publish(left, licensed)
    return len(gone)


@carried_by_change(InstitutionLicence)
def go_with_the_licence(moved: Sequence[Carried], on: date) -> None:
    """The adverts of institutions in the changes that alter their licences; what begins on a later day waits for that day."""
    today = timezone.localdate()
    licensed = {each.new.subject_id: each.new for each in moved if each.new.valid_from <= today}
    with acting_as_system("核对医疗广告所依据的执业许可"):
        adverts = list(_standing(today).filter(institution_id__in=licensed))
        for each in moved:
            ended = _ended(each.new)
            gone = [advert for advert in adverts if ended and advert.institution_id == each.new.subject_id]
            _take_back(each.change, gone, licensed, on)
        left = [advert for advert in adverts if not _ended(licensed[advert.institution_id])]
        _propose(left, licensed)
        _publish(left, licensed)


def _standing(day: date) -> FactQuerySet[AdvertApproval]:
    standing: FactQuerySet[AdvertApproval] = AdvertApproval.objects.as_of(day)
    return standing.filter(line=APPROVAL, status=VALID, term_to__gte=day).order_by("subject_id")


def _ended(licence: InstitutionLicence | None) -> bool:
    return licence is None or licence.status in ENDED


def _reason(licence: InstitutionLicence | None) -> str:
    return f"医疗机构现为“{may_advertise(licence)}”"


def _take_back(
    change: ChangeInProgress, adverts: Sequence[AdvertApproval], licensed: Mapping[int, InstitutionLicence], day: date
) -> None:
    if not adverts:
        return
    change.lock(*(each.subject_id for each in adverts))
    for advert in adverts:
        approving.end(change, advert, day, TAKEN_BACK, _reason(licensed.get(advert.institution_id)))
    change.flush()
    publishing.refresh(each.subject_id for each in adverts)


def _publish(adverts: Iterable[AdvertApproval], licensed: Mapping[int, InstitutionLicence]) -> None:
    """The public list pauses what may not be advertised now, and shows it again once it may."""
    wanted = {each.subject_id: publishing.as_shown(each, licensed.get(each.institution_id)) for each in adverts}
    told = PublicAdvert.objects.filter(subject__in=wanted).values_list("subject", "status", "reason")
    shown = {subject: (status, reason) for subject, status, reason in told}
    publishing.refresh(subject for subject, state in wanted.items() if shown.get(subject) != state)


def _propose(adverts: Iterable[AdvertApproval], licensed: Mapping[int, InstitutionLicence]) -> None:
    rows = []
    for advert in adverts:
        licence = licensed[advert.institution_id]
        why = may_advertise(licence) or "；".join(
            f"{each.label}批准时为“{each.approved}”，现为“{each.licensed}”" for each in differences(advert, licence)
        )
        if why:
            rows.append(
                Proposal(
                    consequence=PROPOSAL, register=ADVERTS.code, subject_id=advert.subject_id,
                    authority_scope=advert.authority_scope, title=f"{advert.number}：{why}"[:200], article=str(advert_rules(17)),
                    cause=licence.opened,
                )
            )  # fmt: skip
    insert_many(rows, Known.KEPT)
