"""Which of an institution's practitioners may practise a clinical subject: one rule for the list, the counts and the question."""

from collections.abc import Iterable

from yizheng.kernel.scopes import scopes_of
from yizheng.systems.institutions.questions import Practitioner


def fitting(people: Iterable[Practitioner], clinical_subject: str) -> list[Practitioner]:
    """Those of the people one of whose scopes carries the subject, each once."""
    wanted = set(scopes_of(clinical_subject))
    return list({each.subject: each for each in people if wanted & set(each.scopes)}.values())
