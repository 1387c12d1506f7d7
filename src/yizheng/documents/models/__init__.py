"""Tables of the documents room."""

from yizheng.documents.models.attachment import Attachment, AttachmentQuerySet, StoredFile
from yizheng.documents.models.documents import (
    Certificate,
    Ending,
    Instrument,
    InstrumentQuerySet,
    IssuedDocument,
    MadeFor,
    Rendering,
    Status,
    StatusList,
)
from yizheng.documents.models.number import Allocation, Counter
from yizheng.documents.models.printing import LedgerAct, LedgerEntry, PrintRun

__all__ = [
    "Allocation", "Attachment", "AttachmentQuerySet", "Certificate", "Counter", "Ending", "Instrument",
    "InstrumentQuerySet", "IssuedDocument", "LedgerAct", "LedgerEntry", "MadeFor", "PrintRun", "Rendering",
    "Status", "StatusList", "StoredFile",
]  # fmt: skip
