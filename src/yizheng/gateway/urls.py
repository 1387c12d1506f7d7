"""The addresses of the room."""

from django.urls import path

from yizheng.gateway.fhir import views

app_name = "gateway"
urlpatterns = [
    path("fhir/token", views.token, name="token"),
    path("fhir/metadata", views.metadata, name="metadata"),
    path("fhir/<str:name>/_history", views.history, name="history"),
    path("fhir/<str:name>/<str:pk>", views.resource, name="resource"),
    path("fhir/<str:name>", views.resources, name="resources"),
]
