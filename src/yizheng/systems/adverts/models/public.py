"""What the public sees of an approved advert: public fields only, so without row security (广告法 第四十七条)."""

from django.db import models

from yizheng.disclosure.models import new_token


class PublicAdvert(models.Model):
    """One approved advert; whoever was taken back, revoked or replaced stays with that state, without its samples."""

    subject = models.BigIntegerField(primary_key=True)
    token = models.CharField(max_length=20, unique=True, default=new_token)
    number = models.CharField(max_length=40, unique=True)
    institution = models.CharField(max_length=200)
    institution_subject = models.BigIntegerField()
    organ = models.CharField(max_length=100)
    media = models.CharField(max_length=100)
    district = models.CharField(max_length=40)
    term_from = models.DateField()
    term_to = models.DateField()
    status = models.CharField(max_length=12)
    reason = models.CharField(max_length=300, blank=True)
    content = models.JSONField(default=list)
    """Pairs of label and words: the eight items as approved."""
    samples = models.JSONField(default=list)
    """Title, medium, words and digest of each sample; empty once it may not be shown any more."""
    refreshed = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["-term_from", "-subject"], name="adverts_public_newest"),)

    def __str__(self) -> str:
        return self.number
