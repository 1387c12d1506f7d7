"""因公 and 非因公 decide treatment and allowance: one person proposes the change with a reason, another agrees."""

from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import Held, roles_of
from yizheng.systems.sequelae.models import Person
from yizheng.systems.sequelae.models.people import Group
from yizheng.systems.sequelae.office import office
from yizheng.work import approval
from yizheng.work.models import Approval

KIND = "sequelae.group"


def propose(account: Account, person: Person, to: str, reason: str) -> Approval:
    """Ask for the change. Raises ApprovalRefused."""
    if Role.COHORT_ADMIN not in roles_of(account):
        raise approval.ApprovalRefused("类别变更由随访管理人员提出")
    if to not in Group.values or to == person.infected:
        raise approval.ApprovalRefused("请选择与现在不同的类别")
    title = f"{person.code} 类别由{person.get_infected_display()}改为{Group(to).label}"
    return approval.propose(
        KIND, f"sequelae_person:{person.pk}", account, {"title": title, "person": person.pk, "to": to}, reason
    )


def _may_decide(held: Held, asked: Approval) -> bool:
    return held.has_over(Role.COHORT_ADMIN, [office().pk])


def _carry_out(asked: Approval) -> None:
    changed = Person.objects.filter(pk=asked.payload["person"]).exclude(infected=asked.payload["to"])
    if not changed.update(infected=asked.payload["to"]):
        raise approval.ApprovalRefused("类别已经是这样，请驳回这项提请")
    audit.record(asked.decider, "sequelae.group", asked.object_ref, {"to": asked.payload["to"]})


approval.ApprovalKind(KIND, title="变更因公/非因公", may_decide=_may_decide, carry_out=_carry_out)
