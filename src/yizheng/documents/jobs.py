"""What this room does in the background: kept files checked, the witness countersigned, long prints, the status list."""

from django.urls import reverse

from yizheng.documents.attachments import verify_store
from yizheng.documents.paper.printing import PrintingRefused, print_certificates
from yizheng.documents.signing.countersigning import countersign_head, faults
from yizheng.documents.verifying import status_list
from yizheng.kernel.rowscope import current
from yizheng.people import audit
from yizheng.people.auditing.witness import witness_trail
from yizheng.people.models import Account
from yizheng.work.jobs import JobFailed, Progress, job

VERIFY = "documents.verify_attachments"
COUNTERSIGN = "documents.countersign"
PRINT = "documents.print_certificates"
STATUS_LIST = "documents.status_list"
_NAMED = 20


@job(VERIFY, title="附件逐件核对", retries=0, at="40 2 * * *")
def verify_attachments(progress: Progress) -> None:
    """Compare every stored file with its digest; fail with the names of the damaged ones, so that somebody looks."""
    report = verify_store(progress.report)
    audit.record(
        None,
        "documents.verified",
        "attachments",
        {"checked": report.checked, "damaged": len(report.damaged), "unclaimed": report.unclaimed},
    )
    if report.damaged:
        named = "、".join(digest[:12] for digest in report.damaged[:_NAMED])
        raise JobFailed(f"{len(report.damaged)} 件附件丢失或被改动，请从备份恢复：{named}")


@job(COUNTERSIGN, title="封存见证副署", retries=0, at="10 * * * *")
def countersign_witness(progress: Progress) -> None:
    """Witness the audit trail; compare what was countersigned with the witness file, then countersign its newest seal."""
    witness_trail()
    wrong = faults()
    if wrong:
        raise JobFailed("；".join(wrong[:_NAMED]))
    countersign_head()
    progress.report(1, 1)


@job(PRINT, title="批量制证", retries=0)
def print_run(progress: Progress, ids: list[int], first_serial: str, again: str) -> str:
    """Print a long selection; the result is the file for the printer."""
    progress.report(0, len(ids))
    clerk = Account.objects.get(pk=current().account or 0)
    try:
        run = print_certificates(ids, by=clerk, first_serial=first_serial, again=again)
    except PrintingRefused as refused:
        raise JobFailed(str(refused)) from refused
    progress.report(len(ids), len(ids))
    return reverse("documents:print_run", args=[run.pk])


@job(STATUS_LIST, title="签发证照状态名单", at="5 * * * *")
def sign_status_list(progress: Progress) -> None:
    """Sign the list of the day: just after midnight, later in the day only where that was missed."""
    row = status_list.sign_today()
    progress.report(row.entries, row.entries)
