"""Whom a page is about, for the account that asks; every look at a person is recorded."""

from django.http import Http404

from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.shell.access import for_roles
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models import Person

anybody_here = for_roles(rights.EVERYBODY)
who_knows_names = for_roles(rights.KNOW_NAMES)
"""A file opened by its register number tells who it is of: the statistician has analyses alone."""
physicians_only = for_roles(rights.PHYSICIANS)


def person_for(account: Account, code: str, page: str) -> Person:
    """The person of a register number; that the account looked at her, and at which page, is recorded."""
    person = Person.objects.visible_to(account).filter(code=code).first()
    if person is None:
        raise Http404("没有这个登记号")
    audit.record(account, "sequelae.view", f"sequelae_person:{person.pk}", {"page": page})
    return person
