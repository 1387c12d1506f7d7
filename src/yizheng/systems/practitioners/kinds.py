"""The kinds of fact that a person's record in one register may hold."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import apps

from yizheng.registry.models import Fact


@cache
def kinds_of(system: str) -> tuple[type[Any], ...]:
    """The kinds of the system's own facts and of those that belong to the person, by table."""
    models = [*apps.get_app_config(system).get_models(), *apps.get_app_config("practitioners").get_models()]
    return tuple(
        sorted((each for each in models if issubclass(each, Fact)), key=lambda each: each.fact_table())
    )
