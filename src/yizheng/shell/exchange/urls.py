"""Addresses of exchange."""

from django.urls import path

from yizheng.shell.exchange import packages, partners

app_name = "exchange"
urlpatterns = [
    path("", packages.PACKAGES.page, name="packages"),
    path("receive/", packages.receive, name="receive"),
    path("propose/", packages.propose, name="propose"),
    path("partners/", partners.partners, name="partners"),
    path("<int:pk>/", packages.package, name="package"),
    path("<int:pk>/answer/", packages.answer, name="answer"),
    path("<int:pk>/download/", packages.download, name="download"),
]
