"""The shell's addresses."""

from django.urls import path

from yizheng.shell import gallery, views
from yizheng.shell.searching.page import search

app_name = "shell"

urlpatterns = [
    path("office/", views.home, name="home"),
    path("search/", search, name="search"),
    path("office/keys/", views.single_keys, name="keys"),
    path("office/help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("bundle/<str:address>", views.send_bundle, name="bundle"),
    path("_gallery/", gallery.page, name="gallery"),
]
