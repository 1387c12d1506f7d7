"""Addresses of the register of medical institutions."""

from django.urls import path

from yizheng.systems.institutions.pages import institution, listing, restoration

app_name = "institutions"
urlpatterns = [
    path("institutions/", listing.INSTITUTIONS.page, name="list"),
    path("institutions/<int:subject_id>/", institution.institution, name="institution"),
    path("institutions/<int:subject_id>/restore/", restoration.of_institution, name="restore"),
    path("changes/<int:change_id>/restore/", restoration.of_change, name="restore_change"),
]
