"""Addresses of the register of doctors and of a person's own records."""

from django.urls import path

from yizheng.shell.searching.people import search
from yizheng.systems.doctors.pages import (
    corrections,
    doctor,
    mine,
    passing,
    permits,
    revealing,
    rollback,
    roster,
    staff_check,
    watch,
)
from yizheng.systems.doctors.register import DOCTORS

app_name = "doctors"
urlpatterns = [
    path("doctors/", search, {"register": DOCTORS.code}, name="search"),
    path("doctors/corrections/", corrections.corrections, name="corrections"),
    path("doctors/passing/", passing.passing_list, name="passing"),
    path("doctors/passing/propose/", passing.propose, name="passing_propose"),
    path("doctors/special/", permits.special, name="special"),
    path("doctors/short-term/", permits.short_term, name="short_term"),
    path("doctors/<int:subject_id>/", doctor.doctor, name="doctor"),
    path("doctors/<int:subject_id>/reveal/<str:kind>/", revealing.reveal, name="reveal"),
    path("doctors/<int:subject_id>/changes/<int:change_id>/rollback/", rollback.rollback, name="rollback"),
    path("doctors/roster/", roster.roster, name="roster"),
    path("doctors/roster/check/", staff_check.staff_check, name="staff_check"),
    path("doctors/roster/template/", staff_check.template, name="staff_template"),
    path("doctors/watch/", watch.watch_list, name="watch"),
    path("doctors/watch/add/", watch.add, name="watch_add"),
    path("doctors/watch/remove/", watch.remove, name="watch_remove"),
    path("my/records/", mine.mine, name="my_records"),
    path("my/records/objection/", mine.objection, name="objection"),
]
