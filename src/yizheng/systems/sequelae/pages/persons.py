"""随访人员: the list, by name for those who may know names, by register number for all."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yizheng.kernel.names import fold_name
from yizheng.people import audit
from yizheng.people.permissions import roles_of
from yizheng.people.tables import Asked, Choice, Column, Number, State, Table, Text
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models import Person
from yizheng.systems.sequelae.models.people import Group, Sex, Standing
from yizheng.systems.sequelae.pages.access import who_knows_names
from yizheng.systems.sequelae.persons.identities import Who, who_are

NOBODY = Who()


def _rows(asked: Asked) -> QuerySet[Person]:
    seen = Person.objects.visible_to(asked.account)
    wanted = asked["q"]
    if not wanted:
        return seen
    folded = fold_name(wanted)
    named = [
        key for key, who in who_are(asked.account, seen).items()
        if any(folded in fold_name(each) for each in (who.name, *who.former))
    ]  # fmt: skip
    return seen.filter(Q(pk__in=named) | Q(code__iexact=wanted))


def _described(persons: list[Any], asked: Asked) -> Iterable[dict[str, Any]]:
    names = who_are(asked.account, persons)
    keys = [each.pk for each in persons]
    last = dict(
        Person.objects.visible_to(asked.account)
        .filter(pk__in=keys, attendances__came="attended")
        .annotate(last=Max("attendances__round__year"))
        .values_list("pk", "last")
    )
    audit.record(asked.account, "sequelae.list", "", {"rows": len(persons)})
    for each in persons:
        who = names.get(each.pk, NOBODY)
        yield {
            "url": each.get_absolute_url(), "code": each.code, "name": who.name, "number": who.masked_number,
            "sex": each.get_sex_display(), "age": asked.today.year - each.birth_year, "group": each.get_infected_display(),
            "last": last.get(each.pk), "state": each.get_standing_display(),
        }  # fmt: skip


PERSONS = Table(
    "sequelae_persons",
    "随访人员",
    _rows,
    (
        Column("登记号", "code", 10, css="together", link="url"),
        Column("姓名", "name", 12, css="name", nothing="当前角色看不到姓名"),
        Column("证件号码", "number", 20, css="together", nothing="没有登记，或者当前角色看不到"),
        Column("性别", "sex", 6),
        Number("年龄", "age", 6),
        Column("类别", "group", 8, css="together"),
        Column("最近参检", "last", 10, css="together", nothing="没有参检记录"),
        State("随访", "state", 10),
    ),
    guard=who_knows_names,
    stays=True,
    filters=(
        Text("人员", hint="姓名或者登记号"),
        Choice("类别", "group", Group.choices, by="infected"),
        Choice("性别", "sex", Sex.choices, by="sex"),
        Choice("随访", "standing", Standing.choices, by="standing"),
    ),
    order=("code",),
    described=_described,
    says="每人一份记录，2003 年以来各年体检和会诊合在一页",
    tally="人，按登记号",
    empty="还没有登记人员。",
    template="sequelae/persons.html",
    more=lambda asked: {"manages": not rights.MANAGE.isdisjoint(roles_of(asked.account))},
)


@never_cache
@for_roles(rights.EVERYBODY)
@require_safe
def front(request: HttpRequest) -> HttpResponseBase:
    """Where the work of the account begins."""
    knows = not rights.KNOW_NAMES.isdisjoint(roles_of(signed_in(request)))
    return redirect("sequelae:persons" if knows else "sequelae:analyses")
