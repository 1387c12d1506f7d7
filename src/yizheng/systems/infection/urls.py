"""The addresses of infection control."""

from django.urls import path

from yizheng.systems.infection.pages import alarms, calculators, desk, figures, lists, sheet, surgeons, units, uploads

app_name = "infection"
urlpatterns = [
    path("infection/", desk.desk, name="desk"),
    path("infection/open/", desk.open_sheets, name="open"),
    path("infection/decide/", desk.decide_many, name="decide_many"),
    path("infection/sheets/<int:pk>/", sheet.page, name="sheet"),
    path("infection/sheets/<int:pk>/save/", sheet.save, name="save"),
    path("infection/sheets/<int:pk>/act/", sheet.act, name="act"),
    path("infection/units/", units.UNITS.page, name="units"),
    path("infection/units/add/", units.add, name="add_unit"),
    path("infection/missing/", lists.MISSING.page, name="missing"),
    path("infection/problems/", lists.PROBLEMS.page, name="problems"),
    path("infection/problems/<int:pk>/answer/", lists.answer, name="answer"),
    path("infection/alarms/", alarms.ALARMS.page, name="alarms"),
    path("infection/alarms/<int:pk>/", alarms.alarm, name="alarm"),
    path("infection/alarms/<int:pk>/judge/", alarms.judge, name="judge"),
    path("infection/outbreaks/", alarms.OUTBREAKS.page, name="outbreaks"),
    path("infection/outbreaks/<int:pk>/", alarms.outbreak, name="outbreak"),
    path("infection/outbreaks/<int:pk>/<str:verb>/", alarms.act, name="act_on_outbreak"),
    path("infection/figures/", figures.FIGURES.page, name="figures"),
    path("infection/figures/<str:code>/", figures.page, name="figure"),
    path("infection/surgeons/", surgeons.SURGEONS.page, name="surgeons"),
    path("infection/surgeons/<str:code>/", surgeons.page, name="surgeon"),
    path("infection/calculators/", calculators.CALCULATORS.page, name="calculators"),
    path("infection/calculators/<str:name>/", calculators.calculator, name="calculator"),
    path("infection/packages/", uploads.PACKAGES.page, name="packages"),
    path("infection/packages/upload/", uploads.upload, name="upload"),
    path("infection/packages/<int:pk>/", uploads.page, name="package"),
    path("infection/packages/<int:pk>/map/", uploads.map_code, name="map_code"),
    path("infection/rules/", lists.RULES.page, name="rules"),
]
