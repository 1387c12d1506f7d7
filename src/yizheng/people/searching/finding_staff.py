"""Staff of several institutions: institution by institution, within one by subject, each person under her first.

The statement reads no further than a full page, however many institutions and people fit: of each institution and each
scope in sight the first people by index, or, where few bear the name, these few. Whom the account sees although her
scope is another's (``people.Access``) is read through the list of those.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import RawSQL

from yizheng.kernel.rowscope import RowScope
from yizheng.people.kinds import OUTSIDE
from yizheng.people.models import Account, SearchName
from yizheng.people.rights.reach import jurisdictions
from yizheng.people.rights.visibility import reach_in_force
from yizheng.people.searching.search import VisibleNames, all_bearers, fitting_singly, sees_few
from yizheng.people.visible_facts import VisibleState, VisibleStates

_FEW = 5000
"""So many bearers of a name are looked up one by one; of a commoner one, a page is full soon."""

Row = tuple[int, int]
"""An institution and a person."""

_WALKED = """
select h.n, s.subject_id
from unnest(%s::bigint[]) with ordinality h (id, n) cross join lateral (
    select distinct r.subject_id from unnest(%s::integer[]) scope (id) cross join lateral ({staff}) r (subject_id)
    order by r.subject_id limit %s
) s
where h.n >= %s
order by h.n, s.subject_id limit %s
"""


@dataclass(frozen=True)
class Staff:
    """The people in sight whose main institution is one of ``houses``, with a text only those of that name."""

    kind: type[VisibleState]
    account: Account
    houses: Sequence[int]
    text: str
    versions: Q = field(default_factory=Q)
    """Which of their versions count."""

    def first(self, limit: int, after: Row | None) -> list[Row]:
        """The first of them behind ``after``; from the top when it names none of these institutions."""
        behind = (0, 0)
        if after and after[0] in self.houses:
            behind = (self.houses.index(after[0]) + 1, after[1])
        rows = sorted({row for part in self._parts(limit, behind) for row in part})[:limit]
        return [(self.houses[n - 1], subject) for n, subject in rows]

    def _parts(self, limit: int, behind: Row) -> list[Sequence[Row]]:
        if self.text:
            bearers = all_bearers(self.text, self.account, _FEW)
            if bearers is not None:
                return [self._of(self._seen.filter(subject_id__in=bearers), limit, behind)]
        opened = self._seen.of_subjects_open_to(self.account)
        if sees_few(self.account):
            return [self._of(opened, limit, behind)]
        outside = self.account.kind in OUTSIDE
        walked = self._walked(jurisdictions() if outside else self._reach.scopes, limit, behind)
        if outside or not self._reach.access:
            return [walked]
        return [walked, self._of(self._named(opened), limit, behind)]

    @cached_property
    def _seen(self) -> VisibleStates[Any]:
        return self.kind.objects.visible_to(self.account).current().filter(self.versions)

    def _of(self, staff: QuerySet[Any], limit: int, behind: Row) -> list[Row]:
        """The first of few: all are read and put in order."""
        rows = staff.filter(institution_id__in=self.houses).values("subject_id").annotate(n=Min(self._place()))
        rows = rows.filter(Q(n__gt=behind[0]) | Q(n=behind[0], subject_id__gt=behind[1]))
        return list(rows.order_by("n", "subject_id").values_list("n", "subject_id")[:limit])

    def _walked(self, scopes: Sequence[int], limit: int, behind: Row) -> list[Row]:
        """The first of many: read institution by institution and scope by scope, until there are enough."""
        behind_house = RawSQL("h.n > %s", (behind[0],), output_field=BooleanField())
        staff: QuerySet[Any] = self._seen.filter(
            Q(behind_house) | Q(subject_id__gt=behind[1]),
            institution_id=RawSQL("h.id", ()),
            authority_scope=RawSQL("scope.id", ()),
        )
        staff = self._named(staff)
        if len(self.houses) > 1:
            hers = self._seen.filter(subject_id=OuterRef("subject_id"), institution_id__in=self.houses)
            first = hers.order_by().values("subject_id").annotate(n=Min(self._place())).values("n")
            # Asked last: a name costs less than all her institutions.
            asked = Case(When(fits=1, then=Subquery(first))) if self.text else Subquery(first)
            staff = staff.alias(first=asked).filter(first=RawSQL("h.n", ()))
        own = staff.order_by("subject_id").values_list("subject_id").distinct()[:limit]
        sql, given = own.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(
                _WALKED.format(staff=sql), [list(self.houses), list(scopes), *given, limit, behind[0], limit]
            )
            return [(n, subject) for n, subject in cursor.fetchall()]

    def _named(self, staff: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the name, asked person by person in the order in which they are read; a join might begin with the names."""
        if not self.text:
            return staff
        hers = VisibleNames(SearchName).visible_to(self.account).filter(subject_id=OuterRef("subject_id"))
        named = hers.filter(self._fitting).values(fits=Value(1))[:1]
        found: QuerySet[Any] = staff.alias(fits=Subquery(named)).filter(fits=1)
        return found

    def _place(self) -> Func:
        houses = Value(list(self.houses), output_field=ArrayField(BigIntegerField()))
        return Func(houses, F("institution_id"), function="array_position", output_field=IntegerField())

    @cached_property
    def _fitting(self) -> Q:
        return fitting_singly(self.text)

    @cached_property
    def _reach(self) -> RowScope:
        return reach_in_force(self.account)
