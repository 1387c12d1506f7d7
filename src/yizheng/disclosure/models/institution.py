"""An institution as the entries of its staff show it."""

from django.db import models

from yizheng.disclosure.models.practitioner import new_token


class PublicInstitution(models.Model):
    """Name, kind, district, authority and whether the licence is in force."""

    pk = models.CompositePrimaryKey("register", "subject")
    register = models.CharField(max_length=20)
    subject = models.BigIntegerField()
    token = models.CharField(max_length=20, unique=True, default=new_token)
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=60)
    district = models.CharField(max_length=40)
    authority = models.CharField(max_length=100)
    in_force = models.BooleanField()
    valid_from = models.DateField()
    refreshed = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
