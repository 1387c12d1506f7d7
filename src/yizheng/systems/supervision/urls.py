"""The addresses of supervision."""

from django.urls import path

from yizheng.systems.supervision.pages import clue, drawing, extracts, listing, online

app_name = "supervision"
urlpatterns = [
    path("supervision/", listing.CLUES.page, name="clues"),
    path("supervision/rules/", listing.RULE_LIST.page, name="rules"),
    path("supervision/judge/", listing.judge, name="judge"),
    path("supervision/draws/", drawing.DRAWS.page, name="draws"),
    path("supervision/draws/new/", drawing.draw_now, name="draw"),
    path("supervision/draws/<int:pk>/", drawing.draw_page, name="drawn"),
    path("supervision/extracts/", extracts.EXTRACTS.page, name="extracts"),
    path("supervision/extracts/take/", extracts.take, name="take_extract"),
    path("supervision/online/", online.ONLINE.page, name="online"),
    path("supervision/<int:pk>/", clue.page, name="clue"),
    path("supervision/<int:pk>/<slug:verb>/", clue.act, name="act"),
]
