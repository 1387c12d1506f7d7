"""Which number the unified acceptance platform gave a case, and how the applicant rated it (好差评)."""

from django.db import models


class PlatformCase(models.Model):
    """One case that came from the platform: its number there, opaque and unique, beside ours."""

    project_no = models.CharField("办件编号", max_length=50, unique=True)
    case = models.OneToOneField("licensing.Case", models.PROTECT, related_name="on_platform", verbose_name="办件")
    task_code = models.CharField("事项编码", max_length=33)
    rating = models.SmallIntegerField("评价", null=True)
    received = models.DateTimeField("收到时间", auto_now_add=True)

    class Meta:
        verbose_name = "统一受理办件"

    def __str__(self) -> str:
        return self.project_no
