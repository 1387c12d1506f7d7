"""Addresses of printed and exported tables."""

from django.urls import path

from yizheng.shell.tables import leaving

app_name = "lists"
urlpatterns = [
    path("<slug:code>/print/", leaving.print_table, name="print"),
    path("<slug:code>/export/", leaving.export_table, name="export"),
]
