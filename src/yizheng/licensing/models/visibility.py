"""Who sees a case: the applicant, the institution that confirms it, the authority that decides it; nobody else.

Unlike a fact, a case is not opened to the institutions a person works in: an application to another hospital
is none of the present employer's business.
"""

from typing import ClassVar, TypeVar

from django.db import models

from yizheng.people.rights.visibility import ScopedQuerySet

M = TypeVar("M", bound=models.Model)


class CaseScopedQuerySet(ScopedQuerySet[M]):
    """Rows that belong to an authority, an institution and a person herself."""

    scope_columns: ClassVar[tuple[str, ...]] = ("authority_scope", "institution_scope")
    opened_by_access: ClassVar[bool] = False
