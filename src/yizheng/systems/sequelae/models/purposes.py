"""``visible_to`` by purpose: the roles that open a table; its row policy says the same."""

from typing import ClassVar, Self, TypeVar

from django.db import models

from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.people.rights.reach import Actor


class Purposed(models.Model):
    """A row that some roles may see."""

    open_to: ClassVar[frozenset[Role]]
    """The roles that see the rows."""
    written_by: ClassVar[frozenset[Role]]
    """The roles that add and change them."""

    class Meta:
        abstract = True


M = TypeVar("M", bound=Purposed)


class PurposeQuerySet(models.QuerySet[M]):
    """Rows of a purpose."""

    def visible_to(self, actor: Actor) -> Self:
        """All of them for the roles of the purpose, none for others."""
        return self.none() if self.model.open_to.isdisjoint(roles_of(actor)) else self.all()


def may_write(account: Account, model: type[Purposed]) -> bool:
    """Whether an account holds a role that adds and changes the rows of a table."""
    return not model.written_by.isdisjoint(roles_of(account))
