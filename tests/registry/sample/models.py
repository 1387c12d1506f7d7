"""Two kinds of fact to try the registry with: a post held, and an assessment passed."""

from yizheng.registry.fields import CountField, SubjectField, TextField
from yizheng.registry.models import EventFact, EventQuerySet, FactQuerySet, StateFact


class Post(StateFact):
    place = SubjectField("地点", of=None, null=True, db_index=True)
    title = TextField("职务", 40)
    grade = CountField("级别", default=0)

    objects = FactQuerySet["Post"].as_manager()

    class Meta(StateFact.Meta):
        app_label = "sample"
        verbose_name = "任职"


class Assessment(EventFact):
    result = TextField("结果", 20)

    objects = EventQuerySet["Assessment"].as_manager()

    class Meta(EventFact.Meta):
        app_label = "sample"
        verbose_name = "考核"
