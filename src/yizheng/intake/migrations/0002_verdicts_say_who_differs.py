"""Verdicts say who is called otherwise than the register does; what is staged is looked at sparingly by the planner."""

from importlib.resources import files

from django.db import migrations


def named(name: str) -> str:
    """The text of one SQL file of this room."""
    return (files("yizheng.intake") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [migrations.RunSQL(named("verdicts"), named("verdicts_reverse"))]
