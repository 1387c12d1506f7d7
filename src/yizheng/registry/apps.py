"""The registry room: subjects, facts in two times, changes, rollback, seals."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Registers the ledger's models with Django."""

    name = "yizheng.registry"
    verbose_name = "登记"
