"""Addresses of taking files in."""

from django.urls import path

from yizheng.shell.intake import acts, batch, batches

app_name = "intake"
urlpatterns = [
    path("", batches.BATCHES.page, name="batches"),
    path("new/", batches.upload, name="upload"),
    path("templates/<str:code>/", batches.template, name="template"),
    path("<int:number>/", batch.batch_page, name="batch"),
    path("<int:number>/answer/", batch.answer, name="answer"),
    path("<int:number>/headings/", acts.place_headings, name="headings"),
    path("<int:number>/propose/", acts.propose, name="propose"),
    path("<int:number>/decide/", acts.decide, name="decide"),
    path("<int:number>/discard/", acts.discard, name="discard"),
    path("<int:number>/check/", acts.check_again, name="check"),
]
