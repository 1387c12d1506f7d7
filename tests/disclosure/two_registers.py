"""The site with a second public register of people beside the doctors': the nurses'."""

from collections.abc import Iterable, Iterator, Sequence

from django.urls import include, path

from yizheng.disclosure import urls
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.records import PractitionerRecord
from yizheng.disclosure.sources import Lookup, PeopleSource
from yizheng.registry.registers import Register

nurses: dict[int, PractitionerRecord] = {}


def _subjects() -> Iterator[int]:
    yield from nurses


def _records(ids: Sequence[int]) -> Iterable[PractitionerRecord]:
    return [nurses[each] for each in ids if each in nurses]


NURSES = PeopleSource(
    Register("nurse", "护士"),
    PublicPractitioner,
    _subjects,
    _records,
    in_force="在册",
    lookup=Lookup("nurses", "执业证书编号", digits=12),
)

urlpatterns = [
    path("", include(([*urls.pages, *urls.people_pages(NURSES)], "disclosure"))),
    path("", include("yizheng.site.urls")),
]
