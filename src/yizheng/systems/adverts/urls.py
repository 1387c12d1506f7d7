"""Addresses of the register of adverts."""

from django.urls import path

from yizheng.shell.record.view import addresses
from yizheng.systems.adverts.pages import listing, public
from yizheng.systems.adverts.register import ADVERTS

app_name = "adverts"
urlpatterns = [
    path("adverts/", listing.ADVERTS.page, name="list"),
    *addresses(ADVERTS.code, "adverts"),
    path("public/adverts/", public.adverts, name="public"),
    path("public/adverts/<slug:token>/", public.advert, name="public_advert"),
]
