"""主体: the identity facts are about, and the lock that writers of its facts take."""

from django.db import models


class SubjectKind(models.TextChoices):
    """What a subject is."""

    PERSON = "person", "个人"
    INSTITUTION = "institution", "机构"
    ADVERT = "advert", "医疗广告"


class Subject(models.Model):
    """Only an identity: everything known of it is a fact. `revision` rises whenever a fact of it is opened."""

    kind = models.CharField("类别", max_length=16, choices=SubjectKind)
    opened = models.BigIntegerField("建立的变更")
    revision = models.BigIntegerField("修订号", default=0)

    class Meta:
        verbose_name = "主体"
        indexes = [models.Index(fields=["opened"], name="registry_subject_opened")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}主体 {self.pk}"
