"""Addresses of the printing desk."""

from django.urls import path

from yizheng.shell.printing import desk, ledger

app_name = "printing"
urlpatterns = [
    path("print/", desk.DESK.page, name="desk"),
    path("print/run/", desk.print_chosen, name="print"),
    path("ledger/", ledger.LEDGER.page, name="ledger"),
    path("ledger/<int:certificate_id>/", ledger.enter, name="enter"),
]
