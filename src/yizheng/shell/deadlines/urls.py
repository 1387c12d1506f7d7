"""The address of deadlines."""

from django.urls import path

from yizheng.shell.deadlines import page

app_name = "deadlines"
urlpatterns = [path("deadlines/", page.DEADLINES.page, name="list")]
