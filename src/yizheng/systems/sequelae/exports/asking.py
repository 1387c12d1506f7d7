"""Asking for an export; an administrator of the office, who sees no content, agrees (个人信息保护法 第五十一条).

Data are asked for by the statistician, images by who may see them.
"""

from django.db import transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import Held, roles_of
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models import Export, Person
from yizheng.systems.sequelae.models.exports import What
from yizheng.systems.sequelae.office import office
from yizheng.work import approval
from yizheng.work.models import Approval

KIND = "sequelae.export"
MAY = {What.DATA: rights.ANALYSE, What.IMAGES: rights.SEE_IMAGES}
LEAST_REASON = 5


class Refused(Exception):
    """What cannot leave; the words are for who asks."""


@transaction.atomic
def ask(account: Account, what: str, codes: list[str], reason: str) -> Export:
    """Ask that something leaves; images of named persons, data of all. Raises Refused."""
    if what not in What.values or MAY[What(what)].isdisjoint(roles_of(account)):
        raise Refused("请选择本岗位可以申请的内容")
    if len(reason.strip()) < LEAST_REASON:
        raise Refused("请写明用途和接收方")
    wanted = [each.upper() for each in codes]
    known = set(Person.objects.visible_to(account).filter(code__in=wanted).values_list("code", flat=True))
    if unknown := [each for each in wanted if each not in known]:
        raise Refused(f"没有这些登记号：{'、'.join(unknown[:5])}")
    if what == What.IMAGES and not wanted:
        raise Refused("影像请逐个填写登记号")
    made = Export.objects.create(what=what, codes=wanted, reason=reason.strip()[:200], account=account)
    title = f"导出{made.get_what_display()}：{'、'.join(wanted) or '全部人员'}"
    approval.propose(KIND, f"sequelae_export:{made.pk}", account, {"title": title[:200], "export": made.pk}, reason)
    audit.record(account, "sequelae.export", f"sequelae_export:{made.pk}", {"what": what, "people": len(wanted)})
    return made


def _may_decide(held: Held, asked: Approval) -> bool:
    return held.has_over(Role.COHORT_ADMIN, [office().pk])


def _carry_out(asked: Approval) -> None:
    rows = Export.objects.filter(pk=asked.payload["export"], agreed_by=None)
    rows.update(agreed_by=asked.decider, agreed_at=timezone.now())


approval.ApprovalKind(KIND, title="导出随访资料", may_decide=_may_decide, carry_out=_carry_out)
