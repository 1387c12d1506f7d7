"""Addresses of public disclosure and of the open API."""

from collections.abc import Iterator
from itertools import chain

from django.urls import URLPattern, include, path

from yizheng.disclosure.api.endpoints import api
from yizheng.disclosure.pages import content, institutions, lists, lookup, offline, open_data, verify
from yizheng.disclosure.sources import PeopleSource, of_people


def people_pages(source: PeopleSource) -> Iterator[URLPattern]:
    """Lookups and entries of a register of people, at addresses of their own."""
    slug, code = source.lookup.slug, source.register.code
    yield path(f"public/{slug}/", lookup.people, {"register": code}, name=slug)
    yield path(f"public/{slug}/<slug:token>/", lookup.practitioner, {"register": code}, name=code)


pages = [
    path("", lookup.home, name="home"),
    *chain.from_iterable(people_pages(source) for source in of_people()),
    path("public/institutions/", institutions.institutions, name="institutions"),
    path("public/open-data/", open_data.page, name="open_data"),
    path("public/open-data/institutions.csv", open_data.file, {"kind": "csv"}, name="open_data_csv"),
    path("public/open-data/institutions.jsonl", open_data.file, {"kind": "jsonl"}, name="open_data_jsonl"),
    path("public/open-data/changes/<str:day>.jsonl", open_data.changes, name="open_data_changes"),
    path("public/open-data/changes/<str:day>.jws", open_data.manifest_of, name="open_data_manifest_of"),
    path("public/open-data/manifest.jws", open_data.manifest, name="open_data_manifest"),
    path("public/institutions/<slug:token>/", institutions.institution, name="institution"),
    path("public/lists/", lists.lists, name="lists"),
    path("public/notices/", content.notices, name="notices"),
    path("public/notices/<int:number>/", content.notice, name="notice"),
    path("public/notices/<int:number>/files/<int:place>/", content.notice_file, name="notice_file"),
    path("public/sites/<slug:code>/", content.site, name="site"),
    path("verify/", verify.verify_form, name="verify_form"),
    path("verify/offline/", offline.page, name="offline"),
    path("verify/offline/download/", offline.download, name="offline_download"),
    path("verify/offline/worker.js", offline.worker, name="offline_worker"),
    path("verify/keys.json", offline.keys, name="keys"),
    path("verify/status-list.jws", offline.lists, name="status_list"),
    path("verify/status-list/<str:day>.jws", offline.lists, name="status_list_of_day"),
    path("verify/<str:payload>", verify.verify, name="verify"),
]
urlpatterns = [path("", include((pages, "disclosure"))), path("api/", api.urls)]
