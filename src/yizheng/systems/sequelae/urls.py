"""Addresses of the room."""

from django.urls import path

from yizheng.systems.sequelae.pages import (
    analyses,
    batches,
    consultation,
    controls,
    opinions,
    persons,
    questionnaires,
    rounds,
    words,
)

app_name = "sequelae"
urlpatterns = [
    path("sequelae/persons/", persons.PERSONS.page, name="persons"),
    path("sequelae/persons/<slug:code>/", consultation.consultation, name="person"),
    path("sequelae/persons/<slug:code>/hips/", opinions.hips, name="hips"),
    path("sequelae/persons/<slug:code>/lungs/", opinions.lungs, name="lungs"),
    path("sequelae/persons/<slug:code>/tests/", questionnaires.tests, name="tests"),
    path("sequelae/persons/<slug:code>/tests/<int:pk>/", questionnaires.answers, name="answers"),
    path("sequelae/persons/<slug:code>/group/", rounds.change_group, name="group"),
    path("sequelae/persons/<slug:code>/letter/", rounds.letter, name="letter"),
    path("sequelae/rounds/", rounds.ROUNDS.page, name="rounds"),
    path("sequelae/rounds/open/", rounds.open_round, name="open_round"),
    path("sequelae/rounds/<int:year>/", rounds.one_round, name="round"),
    path("my/health-results/", rounds.own_results, name="own_results"),
    path("sequelae/alerts/", questionnaires.ALERTS.page, name="alerts"),
    path("sequelae/alerts/<int:pk>/", questionnaires.alert, name="alert"),
    path("sequelae/analyses/", analyses.ANALYSES.page, name="analyses"),
    path("sequelae/analyses/run/", analyses.start, name="start"),
    path("sequelae/analyses/<int:pk>/", analyses.run, name="run"),
    path("sequelae/analyses/<int:pk>/report/", analyses.report, name="report"),
    path("sequelae/controls/", controls.CONTROLS.page, name="controls"),
    path("sequelae/controls/take/", controls.take, name="take_controls"),
    path("sequelae/words/", words.words, name="words"),
    path("sequelae/batches/", batches.BATCHES.page, name="batches"),
    path("sequelae/batches/take/", batches.take, name="take"),
    path("sequelae/batches/<int:pk>/", batches.batch, name="batch"),
    path("sequelae/batches/<int:pk>/<slug:verb>/", batches.act, name="act"),
]
