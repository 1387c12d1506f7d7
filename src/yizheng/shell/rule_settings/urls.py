"""Addresses of dated data."""

from django.urls import path
from django.views.generic import RedirectView

from yizheng.shell.rule_settings import calendar, promises, proposals, rules

app_name = "rule_settings"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="rule_settings:rules"), name="home"),
    path("values/", rules.RULES.page, name="rules"),
    path("values/<str:code>/", rules.rule_page, name="rule"),
    path("calendar/", calendar.year_list, name="calendar"),
    path("calendar/<int:year>/", calendar.year_page, name="year"),
    path("promises/", promises.promise_page, name="promises"),
    path("proposals/<int:proposal_id>/", proposals.proposal_page, name="proposal"),
    path("proposals/<int:proposal_id>/decide/", proposals.decide, name="decide"),
]
