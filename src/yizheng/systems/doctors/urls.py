"""Addresses of the register of doctors ."""

from django.urls import path

from yizheng.shell.record.view import addresses
from yizheng.systems.doctors.pages import corrections, permits
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.urls import people_paths

app_name = "doctors"
urlpatterns = [
    *people_paths(DOCTORS, "doctors"),
    path("doctors/corrections/", corrections.CORRECTIONS.page, name="corrections"),
    path("doctors/special/", permits.SPECIAL.page, name="special"),
    path("doctors/short-term/", permits.SHORT_TERM.page, name="short_term"),
    *addresses("doctor", "doctors"),
]
