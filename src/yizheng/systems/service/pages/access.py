"""Who opens the pages of the service, and the contract they are about."""

from django.http import Http404, HttpRequest
from django.utils import timezone

from yizheng.people.models import Account
from yizheng.shell.access import for_roles
from yizheng.systems.service.clauses.surroundings import Surroundings
from yizheng.systems.service.models import Contract, WorkOrder
from yizheng.systems.service.orders.standing import Standing
from yizheng.systems.service.rights import READERS

service_only = for_roles(READERS)
"""For engineers, their manager and the client's manager."""


def contract_now() -> Contract | None:
    """The contract of today."""
    return Contract.objects.covering(timezone.localdate())


def surroundings() -> Surroundings:
    """The contract of today with what happened under it."""
    contract = contract_now()
    if contract is None:
        raise Http404("还没有服务合同；请用 ./yizheng manage service_contract 载入")
    return Surroundings(contract)


def order_for(account: Account, number: str) -> Standing:
    """An order the account may see."""
    order = WorkOrder.objects.visible_to(account).with_entries().filter(number=number).first()
    if order is None:
        raise Http404("没有这件工单，或者不是您报告的")
    return Standing(order)


def typed(request: HttpRequest, name: str) -> str:
    """What a POST says in a field."""
    return request.POST.get(name, "").strip()
