"""Addresses of the register of nurses: all of them are pages every register of people has."""

from yizheng.shell.record.view import addresses
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.practitioners.urls import people_paths

app_name = "nurses"
urlpatterns = [*people_paths(NURSES, "nurses"), *addresses(NURSES.code, "nurses")]
