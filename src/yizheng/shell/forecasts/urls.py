"""Addresses of forecasts, below those of their register."""

from django.urls import path, register_converter

from yizheng.shell.forecasts import page
from yizheng.shell.registers import RegisterConverter

register_converter(RegisterConverter, "register")

app_name = "forecasts"
urlpatterns = [
    path("<register:register>/forecasts/", page.forecasts, name="list"),
    path("<register:register>/forecasts/<int:pk>/", page.forecast, name="forecast"),
]
