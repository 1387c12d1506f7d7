"""Addresses of the register of doctors and of a person's own records."""

from django.urls import path

from yizheng.systems.doctors.pages import deadlines, doctor, mine, proposals, revealing, rollback, search

app_name = "doctors"
urlpatterns = [
    path("doctors/", search.search, name="search"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<int:pk>/settle/", proposals.settle, name="settle"),
    path("deadlines/", deadlines.deadlines, name="deadlines"),
    path("doctors/<int:subject_id>/", doctor.doctor, name="doctor"),
    path("doctors/<int:subject_id>/reveal/<str:kind>/", revealing.reveal, name="reveal"),
    path("doctors/<int:subject_id>/changes/<int:change_id>/rollback/", rollback.rollback, name="rollback"),
    path("my/records/", mine.mine, name="my_records"),
]
