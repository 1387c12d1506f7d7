"""Addresses of public disclosure and of the open API."""

from django.urls import include, path

from yizheng.disclosure.api import api
from yizheng.disclosure.pages import home, lists, lookup, offline, verify

pages = [
    path("", home.home, name="home"),
    path("public/doctors/", lookup.doctors, name="doctors"),
    path("public/doctors/<slug:token>/", lookup.doctor, name="doctor"),
    path("public/institutions/<slug:token>/", lookup.institution, name="institution"),
    path("public/lists/", lists.lists, name="lists"),
    path("verify/", verify.verify_form, name="verify_form"),
    path("verify/offline/", offline.page, name="offline"),
    path("verify/offline/download/", offline.download, name="offline_download"),
    path("verify/offline/worker.js", offline.worker, name="offline_worker"),
    path("verify/keys.json", offline.keys, name="keys"),
    path("verify/status-list.jws", offline.lists, name="status_list"),
    path("verify/status-list/<str:day>.jws", offline.lists, name="status_list_of_day"),
    path("verify/<str:payload>", verify.verify, name="verify"),
]
urlpatterns = [
    path("", include((pages, "disclosure"))),
    path("api/", api.urls),
]
