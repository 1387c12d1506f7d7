"""The addresses of infection control."""

from django.urls import path

from yizheng.systems.infection.pages import desk, lists, sheet, units

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
    path("infection/rules/", lists.RULES.page, name="rules"),
]
