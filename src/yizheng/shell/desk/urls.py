"""Addresses of the desk."""

from django.urls import path

from yizheng.shell.desk import case, worklist

app_name = "desk"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("cases/<str:number>/", case.case_page, name="case"),
    path("cases/<str:number>/act/", case.act, name="act"),
    path("cases/<str:number>/dispose/", case.dispose, name="dispose"),
    path("cases/<str:number>/reveal/", case.reveal, name="reveal"),
]
