"""Downloads: a file is opened by those it is about and by the roles that work on cases and records; opening is recorded.

Rows are seen by more people than files: an analyst counts certificates and opens none.
"""

from collections.abc import Callable
from functools import wraps
from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from yizheng.documents import attachments, spreadsheets
from yizheng.documents.attachments import PDF
from yizheng.documents.models import Attachment, Certificate, Instrument, PrintRun
from yizheng.documents.opening import open_document
from yizheng.documents.pages.serving import served
from yizheng.documents.paper import ofd, printing
from yizheng.documents.paper.certificate_ofd import certificate_ofd
from yizheng.documents.spreadsheets import Sheet
from yizheng.people import audit, vault
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.people.permissions import may
from yizheng.people.rights.roles import Power

Page = Callable[[HttpRequest, int], HttpResponse]


def _with_power(power: Power, *, own: bool = False) -> Callable[[Page], Page]:
    """Only for accounts with the power, and with ``own`` for individuals; anybody else is told that there is no such file."""

    def decorated(page: Page) -> Page:
        @login_required
        @require_safe
        @wraps(page)
        def guarded(request: HttpRequest, pk: int) -> HttpResponse:
            account = request.user
            individual = isinstance(account, Account) and account.kind == AccountKind.INDIVIDUAL
            if not (own and individual) and not may(account, power):
                raise Http404("没有这份文件")
            return page(request, pk)

        return guarded

    return decorated


@_with_power(Power.OPEN_FILES, own=True)
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed certificate."""
    return certificate_file(request, get_object_or_404(Certificate.objects.visible_to(request.user), pk=pk))


@_with_power(Power.OPEN_FILES, own=True)
def certificate_as_ofd(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a file of the national layout format, for systems that take no other."""
    row = get_object_or_404(Certificate.objects.visible_to(request.user), pk=pk)
    try:
        page = certificate_ofd(row)
    except vault.Erased:
        raise Http404("个人信息已依法删除，文书不能再打开") from None
    audit.record(
        request.user, "documents.open_certificate", f"certificate:{row.pk}", {"version": row.version, "as": "ofd"}
    )
    return served(request, page, ofd.MEDIA_TYPE, f"{row.title}_第{row.version}版.ofd")


def certificate_file(request: HttpRequest, row: Certificate) -> HttpResponse:
    """The signed page of a certificate that somebody may open, and the entry that it was opened."""
    page = _opened(row)
    audit.record(request.user, "documents.open_certificate", f"certificate:{row.pk}", {"version": row.version})
    return served(request, page, PDF, f"{row.title}_第{row.version}版.pdf")


@_with_power(Power.PRINT_CERTIFICATES)
def print_run(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a print run, for the printer of the authority."""
    run = get_object_or_404(PrintRun.objects.visible_to(request.user), pk=pk)
    pages = printing.pages_of(run)
    audit.record(request.user, "certificates.open_run", f"print_run:{run.pk}")
    return served(request, pages, PDF, f"制证批次{run.pk}_{run.certificates}本.pdf")


@_with_power(Power.OPEN_FILES, own=True)
def instrument(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed instrument."""
    row = get_object_or_404(Instrument.objects.visible_to(request.user), pk=pk)
    page = _opened(row)
    audit.record(request.user, "documents.open_instrument", f"instrument:{row.pk}")
    return served(request, page, PDF, f"{row.title}_{row.number}.pdf")


@_with_power(Power.OPEN_FILES, own=True)
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """A file as it was handed in."""
    row = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    content = attachments.read(row)
    audit.record(request.user, "documents.open_attachment", f"attachment:{row.pk}")
    return served(request, content, row.media_type, row.name)


def workbook(name: str, *sheets: Sheet) -> FileResponse:
    """Sheets as a file to keep under a name."""
    made = BytesIO()
    spreadsheets.write(made, *sheets)
    made.seek(0)
    return FileResponse(made, as_attachment=True, filename=f"{name}.xlsx", content_type=spreadsheets.MEDIA_TYPE)


def _opened(document: Certificate | Instrument) -> bytes:
    try:
        return open_document(document)
    except vault.Erased:
        raise Http404("个人信息已依法删除，文书不能再打开") from None
