"""Addresses of proposals."""

from django.urls import path

from yizheng.shell.proposals import page

app_name = "proposals"
urlpatterns = [
    path("proposals/", page.PROPOSALS.page, name="list"),
    path("proposals/<int:pk>/settle/", page.settle, name="settle"),
    path("proposals/<int:pk>/begin/", page.begin, name="begin"),
]
