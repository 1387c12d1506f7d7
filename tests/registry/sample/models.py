"""Two kinds of fact to try the registry with: a post held, and an assessment passed."""

from django.db import models

from yizheng.registry.models import EventFact, EventQuerySet, FactQuerySet, StateFact, Subject


class Post(StateFact):
    place = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=40)
    grade = models.IntegerField(default=0)

    objects = FactQuerySet["Post"].as_manager()

    class Meta(StateFact.Meta):
        app_label = "sample"
        verbose_name = "任职"


class Assessment(EventFact):
    result = models.CharField(max_length=20)

    objects = EventQuerySet["Assessment"].as_manager()

    class Meta(EventFact.Meta):
        app_label = "sample"
        verbose_name = "考核"
