"""A partner (交换对象): another authority this platform exchanges packages with, and the public keys it is known by."""

from django.db import models


class Partner(models.Model):
    """One partner; its keys are entered and replaced by two administrators."""

    code = models.CharField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    signing_key = models.TextField("签名公钥")
    opening_key = models.TextField("加密公钥")
    authority_scope = models.IntegerField("与其交换的机关")
    active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = "交换对象"
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
