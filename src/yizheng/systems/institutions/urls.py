"""Addresses of the register of medical institutions."""

from django.urls import path

from yizheng.systems.institutions.pages import institution, listing

app_name = "institutions"
urlpatterns = [
    path("institutions/", listing.listing, name="list"),
    path("institutions/<int:subject_id>/", institution.institution, name="institution"),
]
