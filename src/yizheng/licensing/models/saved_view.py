"""A saved view (存为视图): filters of the worklist kept under a name by one account."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yizheng.people.models import Account


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """A view is its owner's alone."""

    def visible_to(self, account: Account) -> SavedViewQuerySet:
        """The views of the account, in the order they were saved."""
        return self.filter(account=account).order_by("pk")


class SavedView(models.Model):
    """The name and the query of the worklist; at most one of an account is the one the worklist opens on."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField("名称", max_length=20)
    query = models.CharField(max_length=300)
    opens = models.BooleanField("打开待办时用", default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="one_view_of_a_name"),
            models.UniqueConstraint(fields=["account"], condition=models.Q(opens=True), name="one_opening_view"),
        ]

    def __str__(self) -> str:
        return self.name
