"""封存: what was sealed, under which root, and the small digests that name a row when a root no longer fits."""

from django.db import models


class DigestSchema(models.Model):
    """Which columns of which tables a digest covers, and how it is made (`seals/encodings.py`).

    A new one begins when a migration changed the columns, or the program makes digests in another way.
    """

    encoding = models.PositiveSmallIntegerField("编码", default=1)
    columns = models.JSONField("列清单")
    adopted = models.DateTimeField("启用时间", auto_now_add=True)

    class Meta:
        verbose_name = "摘要方案"

    def __str__(self) -> str:
        return f"摘要方案 {self.pk}"


class Seal(models.Model):
    """A run of positions without gaps: the Merkle root of all its leaves, chained to the seal before it."""

    number = models.BigIntegerField("封存号", primary_key=True)
    first_position = models.BigIntegerField("起始序位", unique=True)
    last_position = models.BigIntegerField("截止序位", unique=True)
    leaves = models.BigIntegerField("叶数")
    tree = models.BinaryField("树根")
    previous = models.BinaryField("前根")
    root = models.BinaryField("封存根")
    schema = models.ForeignKey(DigestSchema, models.PROTECT, verbose_name="摘要方案")
    sealed_at = models.DateTimeField("封存时间")
    witnessed_at = models.DateTimeField("见证时间", null=True)

    class Meta:
        verbose_name = "封存"

    def __str__(self) -> str:
        return f"封存 {self.number}（序位 {self.first_position}—{self.last_position}）"


class SealPage(models.Model):
    """A few thousand leaves of a seal in short form: they prove nothing, they name the row that changed."""

    seal = models.ForeignKey(Seal, models.PROTECT, db_index=False, related_name="pages", verbose_name="封存")
    number = models.IntegerField("页号")
    leaves = models.BinaryField("叶摘要")

    class Meta:
        verbose_name = "封存页"
        constraints = [models.UniqueConstraint(fields=["seal", "number"], name="registry_sealpage_once")]

    def __str__(self) -> str:
        return f"封存 {self.seal_id} 第 {self.number} 页"
