"""Addresses of the documents room."""

from django.urls import path

from yizheng.documents.pages import downloads

app_name = "documents"
urlpatterns = [
    path("certificates/<int:pk>.pdf", downloads.certificate, name="certificate"),
    path("certificates/<int:pk>.ofd", downloads.certificate_as_ofd, name="certificate_ofd"),
    path("certificates/runs/<int:pk>.pdf", downloads.print_run, name="print_run"),
    path("instruments/<int:pk>.pdf", downloads.instrument, name="instrument"),
    path("attachments/<int:pk>", downloads.attachment, name="attachment"),
]
