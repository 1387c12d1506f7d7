"""Addresses of the register of medical institutions."""

from django.urls import path

from yizheng.shell.record.view import addresses
from yizheng.systems.institutions.pages import contact, home, listing, objecting, restoration, staffing, verifications
from yizheng.systems.institutions.register import INSTITUTIONS

app_name = "institutions"
urlpatterns = [
    path("institutions/", listing.INSTITUTIONS.page, name="list"),
    path("institutions/verifications/", verifications.VERIFICATIONS.page, name="verifications"),
    path("institutions/verifications/act/", verifications.act, name="verifications_act"),
    *addresses(INSTITUTIONS.code, "institutions"),
    path("my/institution/", home.home, name="home"),
    path("my/institution/contact/", contact.contact, name="contact"),
    path("my/institutions/<int:subject_id>/licence/", home.own_licence, name="own_licence"),
    path("institutions/<int:subject_id>/licence/", home.licence, name="licence"),
    path("institutions/<int:subject_id>/subjects/", staffing.staffing, name="staffing"),
    path("institutions/<int:subject_id>/restore/", restoration.of_institution, name="restore"),
    path("public/institutions/<slug:token>/objection/", objecting.objection, name="objection"),
    path("changes/<int:change_id>/restore/", restoration.of_change, name="restore_change"),
]
