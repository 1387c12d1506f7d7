"""The office that looks after the people: a scope of its own beside the jurisdictions, so that no desk of the city sees a row.

Its subject holds the key under which lies what a file says of somebody nobody has recognised yet.
"""

from yizheng.people.models import Scope
from yizheng.people.scopes import add_organisation
from yizheng.people.scopes import city as city_scope
from yizheng.registry import changing
from yizheng.registry.models import ChangeKind, SubjectKind

CODE = "sequelae"
TITLE = "非典后遗症健康管理办公室"


def office() -> Scope:
    """The office. Raises Scope.DoesNotExist where none was opened."""
    return Scope.objects.select_related("subject").get(code=CODE)


def office_key() -> int:
    """The subject under whose key unrecognised records lie."""
    subject = office().subject_id
    assert subject is not None, "the office is opened with a subject"
    return subject


def open_office() -> Scope:
    """Open the office, once; again it is found as it is."""
    found = Scope.objects.filter(code=CODE).first()
    if found is not None:
        return found
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="sequelae.office", reason="设立健康管理办公室") as change:
        subject = change.subject(SubjectKind.INSTITUTION)
    return add_organisation(CODE, TITLE, city_scope(), subject.pk)
