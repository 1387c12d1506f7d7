"""Addresses of the register of doctors and of a person's own records."""

from django.urls import path

from yizheng.shell.record.view import addresses
from yizheng.systems.doctors.pages import (
    corrections,
    mine,
    passing,
    permits,
    rollback,
    search,
)
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.urls import people_paths

app_name = "doctors"
urlpatterns = [
    *people_paths(DOCTORS, "doctors"),
    path("doctors/", search.search, name="search"),
    path("doctors/corrections/", corrections.corrections, name="corrections"),
    path("doctors/passing/", passing.passing_list, name="passing"),
    path("doctors/passing/propose/", passing.propose, name="passing_propose"),
    path("doctors/special/", permits.special, name="special"),
    path("doctors/short-term/", permits.short_term, name="short_term"),
    *addresses("doctor", "doctors"),
    path("doctors/<int:subject_id>/changes/<int:change_id>/rollback/", rollback.rollback, name="rollback"),
    path("my/records/", mine.mine, name="my_records"),
    path("my/records/objection/", mine.objection, name="objection"),
]
