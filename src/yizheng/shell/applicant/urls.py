"""Addresses of the applicant's side."""

from django.urls import path

from yizheng.shell.applicant import cases, choosing, form

app_name = "my"
urlpatterns = [
    path("", cases.cases, name="home"),
    path("cases/", cases.cases, name="cases"),
    path("apply/<str:item_code>/", cases.apply, name="apply"),
    path("apply/<str:item_code>/people/", choosing.people, name="people"),
    path("cases/<str:number>/", cases.case, name="case"),
    path("cases/<str:number>/act/", cases.act, name="act"),
    path("cases/<str:number>/form/", form.form, name="form"),
    path("cases/<str:number>/check/", form.check, name="check"),
    path("cases/<str:number>/materials/<str:material>/", form.upload, name="upload"),
]
