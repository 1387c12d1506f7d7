"""Addresses of printed and exported lists."""

from django.urls import path

from yizheng.shell.exporting import pages

app_name = "lists"
urlpatterns = [
    path("<slug:code>/print/", pages.print_list, name="print"),
    path("<slug:code>/export/", pages.export_list, name="export"),
]
