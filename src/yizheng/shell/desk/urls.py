"""Addresses of the desk."""

from django.urls import path

from yizheng.shell.desk import (
    batching,
    case,
    correcting,
    initiating,
    revealing,
    saved_views,
    statistics,
    transferring,
    worklist,
)

app_name = "desk"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("batch/", batching.batch, name="batch"),
    path("batch/<int:pk>/", batching.batch_result, name="batch_result"),
    path("statistics/", statistics.TALLIES.page, name="statistics"),
    path("initiate/", initiating.initiate, name="initiate"),
    path("views/", saved_views.manage, name="views"),
    path("views/save/", saved_views.save, name="save_view"),
    path("views/<int:pk>/", saved_views.change, name="change_view"),
    path("cases/<str:number>/", case.case_page, name="case"),
    path("cases/<str:number>/act/", case.act, name="act"),
    path("cases/<str:number>/correction/", correcting.correction_page, name="correction"),
    path("cases/<str:number>/transfer/", transferring.transfer_page, name="transfer"),
    path("cases/<str:number>/dispose/<str:code>/", case.dispose, name="dispose"),
    path("cases/<str:number>/reveal/<str:field>/", revealing.reveal, name="reveal"),
]
