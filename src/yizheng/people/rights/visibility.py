"""``visible_to``: the one verb that leads from a page to rows. Row security stands behind it, not instead of it."""

from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q, QuerySet, Subquery
from django.db.models.expressions import Func

from yizheng.kernel.rowscope import RowScope, current
from yizheng.people.models import Access, Account
from yizheng.people.rights.reach import Actor, reach_of

M = TypeVar("M", bound=models.Model)


class EqualsAny(Func):
    """``column = ANY (ARRAY(subquery))``: the array is read once, so the column's index can be used."""

    arg_joiner = " = ANY (ARRAY"
    template = "%(expressions)s)"
    output_field = models.BooleanField()


class ScopedQuerySet(models.QuerySet[M]):
    """A queryset of rows that belong to scopes and subjects.

    A model with other columns says so by overriding ``scope_columns`` and ``subject_column`` (None: it has none), and
    one that ``Access`` rows do not open by ``opened_by_access``. Its ``RowSecurity`` operation says the same.
    """

    scope_columns: ClassVar[tuple[str, ...]] = ("authority_scope",)
    subject_column: ClassVar[str | None] = "subject_id"
    opened_by_access: ClassVar[bool] = True

    def visible_to(self, actor: Actor) -> Self:
        """The rows ``actor`` may see, by the same rule as the policy of the table."""
        return self.filter(self._rule(reach_in_force(actor)))

    def of_subjects_open_to(self, actor: Actor) -> Self:
        """Of the visible rows those of the actor's own subjects and of such as are opened to it, whatever their scope.

        For accounts of no authority: they see few subjects, and whose rows these are an index tells at once.
        """
        reach = reach_in_force(actor)
        rule, opened = self._own(reach), self._opened(reach)
        if opened is not None:
            rule |= Q(EqualsAny(F(self.subject_column or ""), Subquery(opened)))
        return self.filter(rule)

    def _rule(self, reach: RowScope) -> Q:
        rule, opened = self._own(reach), self._opened(reach)
        if opened is not None:
            rule |= Q(**{f"{self.subject_column}__in": opened})
        for column in self.scope_columns:
            rule |= Q(**{f"{column}__in": reach.scopes})
        return rule

    def _own(self, reach: RowScope) -> Q:
        nobody = Q(pk__in=[])
        return nobody | Q(**{f"{self.subject_column}__in": reach.subjects}) if self.subject_column else nobody

    def _opened(self, reach: RowScope) -> QuerySet[Access, Any] | None:
        """Whom ``Access`` rows open to the reach; as a subquery beside other grounds PostgreSQL hashes it."""
        if self.subject_column is None or not (reach.access and self.opened_by_access):
            return None
        return Access.objects.filter(scope__in=reach.access).values("subject_id")


class AuthorityQuerySet(ScopedQuerySet[M]):
    """Rows that are an authority's alone."""

    subject_column: ClassVar[str | None] = None


def reach_in_force(actor: Actor) -> RowScope:
    """The reach in force when it is the actor's own, so that a page asks for the grants once."""
    in_force = current()
    if isinstance(actor, Account) and in_force.account == actor.pk:
        return in_force
    return reach_of(actor)
