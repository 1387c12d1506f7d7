"""Backups and restore drills, written down as they were made."""

from django.db import migrations, models

from yizheng.registry.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("work", "0001_initial"), ("registry", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("backup", "备份"), ("drill", "恢复演练")], max_length=8, verbose_name="种类"
                    ),
                ),
                ("began", models.DateTimeField(verbose_name="开始")),
                ("ended", models.DateTimeField(auto_now_add=True, verbose_name="结束")),
                ("ok", models.BooleanField(verbose_name="通过")),
                ("summary", models.TextField(verbose_name="结论")),
                ("details", models.JSONField(default=dict, verbose_name="数据")),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["kind", "-id"], name="work_recovery_of_kind")],
            },
        ),
        AppendOnly("work_recovery"),
    ]
