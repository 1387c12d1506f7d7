"""The documents room: numbers, attachments, instruments, certificates, signatures."""

from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Registers the room and reads its declarations of instruments and certificates."""

    name = "yizheng.documents"
    verbose_name = "文书与证照"

    def ready(self) -> None:
        """Declare the shared instruments and certificates, what a rollback does to documents, and what a verification proves."""
        import_module("yizheng.documents.declared")
        import_module("yizheng.documents.compensation")
        import_module("yizheng.documents.verifying.proving")
