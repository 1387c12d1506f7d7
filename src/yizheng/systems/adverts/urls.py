"""Addresses of the register of adverts."""

from django.urls import path

from yizheng.shell.record.view import addresses
from yizheng.systems.adverts.pages import exceptions, listing, public, refusals, samples
from yizheng.systems.adverts.register import ADVERTS

app_name = "adverts"
urlpatterns = [
    path("adverts/", listing.ADVERTS.page, name="list"),
    path("adverts/refusals/", refusals.REFUSALS.page, name="refusals"),
    path("adverts/exceptions/", exceptions.EXCEPTIONS.page, name="exceptions"),
    path("adverts/exceptions/propose/", exceptions.propose, name="propose_exception"),
    path("adverts/exceptions/end/", exceptions.end, name="end_exception"),
    path("adverts/cases/<str:number>/samples/", samples.case_samples, name="case_samples"),
    path("adverts/cases/<str:number>/samples/<int:sample>/file/", samples.case_file, name="case_file"),
    path("adverts/cases/<str:number>/samples/<int:sample>/former/", samples.former_file, name="former_file"),
    path("adverts/cases/<str:number>/samples/<int:sample>/difference/", samples.difference, name="difference"),
    path("adverts/<int:subject_id>/samples/", samples.approved, name="approved_samples"),
    path("adverts/<int:subject_id>/samples/<int:sample>/file/", samples.approved_file, name="approved_file"),
    *addresses(ADVERTS.code, "adverts"),
    path("public/adverts/", public.adverts, name="public"),
    path("public/adverts/<slug:token>/", public.advert, name="public_advert"),
    path("public/adverts/<slug:token>/samples/<int:number>/", public.sample, name="public_sample"),
]
