"""Addresses of the applicant's side."""

from django.urls import path

from yizheng.shell.applicant import cases, choosing, dossiers, form
from yizheng.shell.mine import page as mine

app_name = "my"
urlpatterns = [
    path("", cases.cases, name="home"),
    path("cases/", cases.cases, name="cases"),
    path("apply/<str:item_code>/", cases.apply, name="apply"),
    path("apply/<str:item_code>/people/", choosing.people, name="people"),
    path("dossiers/", dossiers.dossiers, name="dossiers"),
    path("dossiers/begin/<str:item_code>/", dossiers.begin, name="begin_dossier"),
    path("dossiers/<int:pk>/", dossiers.dossier, name="dossier"),
    path("dossiers/<int:pk>/template/", dossiers.template, name="dossier_template"),
    path("dossiers/<int:pk>/back/", dossiers.given_back, name="dossier_back"),
    path("dossiers/<int:pk>/rows/", dossiers.add_rows, name="add_to_dossier"),
    path("dossiers/<int:pk>/upload/", dossiers.upload, name="upload_dossier"),
    path("dossiers/<int:pk>/settle/", dossiers.settle, name="settle_dossier"),
    path("dossiers/<int:pk>/papers/", dossiers.papers, name="dossier_papers"),
    path("dossiers/<int:pk>/hand-in/", dossiers.hand_in, name="hand_in_dossier"),
    path("records/", mine.mine, name="records"),
    path("records/objection/", mine.objection, name="objection"),
    path("cases/<str:number>/", cases.case, name="case"),
    path("cases/<str:number>/act/", cases.act, name="act"),
    path("cases/<str:number>/form/", form.form, name="form"),
    path("cases/<str:number>/check/", form.check, name="check"),
    path("cases/<str:number>/materials/<str:material>/", form.upload, name="upload"),
]
