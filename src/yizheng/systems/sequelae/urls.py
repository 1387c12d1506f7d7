"""Addresses of the room."""

from django.urls import path

from yizheng.systems.sequelae.pages import batches, consultation, opinions, persons

app_name = "sequelae"
urlpatterns = [
    path("sequelae/persons/", persons.PERSONS.page, name="persons"),
    path("sequelae/persons/<slug:code>/", consultation.consultation, name="person"),
    path("sequelae/persons/<slug:code>/hips/", opinions.hips, name="hips"),
    path("sequelae/persons/<slug:code>/lungs/", opinions.lungs, name="lungs"),
    path("sequelae/batches/", batches.BATCHES.page, name="batches"),
    path("sequelae/batches/take/", batches.take, name="take"),
    path("sequelae/batches/<int:pk>/", batches.batch, name="batch"),
    path("sequelae/batches/<int:pk>/<slug:verb>/", batches.act, name="act"),
]
