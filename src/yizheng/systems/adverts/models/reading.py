"""What a sample file says: read once, kept by the digest of the file, so that the same file is never read twice."""

from django.db import models


class SampleText(models.Model):
    """The words of one file; whoever may see the file may see them, so only who holds its digest asks."""

    digest = models.CharField("文件摘要", max_length=64, primary_key=True)
    words = models.TextField("文字", blank=True)
    recognised = models.BooleanField("机器识别")
    read_at = models.DateTimeField("读取时间", auto_now_add=True)

    class Meta:
        verbose_name = "样件文字"
        db_table = "adverts_sampletext"

    def __str__(self) -> str:
        return self.digest
