"""Addresses of the room."""

from django.urls import path

from yizheng.systems.sequelae.pages import consultation, opinions, persons

app_name = "sequelae"
urlpatterns = [
    path("sequelae/persons/", persons.PERSONS.page, name="persons"),
    path("sequelae/persons/<slug:code>/", consultation.consultation, name="person"),
    path("sequelae/persons/<slug:code>/hips/", opinions.hips, name="hips"),
    path("sequelae/persons/<slug:code>/lungs/", opinions.lungs, name="lungs"),
]
