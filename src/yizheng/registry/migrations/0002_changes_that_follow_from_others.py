from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="kind",
            field=models.CharField(
                choices=[
                    ("decision", "决定"),
                    ("intake", "导入"),
                    ("exchange", "交换"),
                    ("correction", "更正"),
                    ("rollback", "回退"),
                    ("consequence", "关联后果"),
                ],
                max_length=16,
                verbose_name="类别",
            ),
        )
    ]
