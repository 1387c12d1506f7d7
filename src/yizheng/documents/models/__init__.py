"""Tables of the documents room."""

from yizheng.documents.models.attachment import Attachment, AttachmentQuerySet
from yizheng.documents.models.certificate import Certificate
from yizheng.documents.models.instrument import Instrument, InstrumentQuerySet
from yizheng.documents.models.issued import Ending, IssuedDocument, MadeFor, Status
from yizheng.documents.models.number import Allocation, Counter
from yizheng.documents.models.printing import LedgerAct, LedgerEntry, PrintRun
from yizheng.documents.models.rendering import Rendering
from yizheng.documents.models.status_list import StatusList
from yizheng.documents.models.stored_file import StoredFile

__all__ = [
    "Allocation", "Attachment", "AttachmentQuerySet", "Certificate", "Counter", "Ending", "Instrument",
    "InstrumentQuerySet", "IssuedDocument", "LedgerAct", "LedgerEntry", "MadeFor", "PrintRun", "Rendering",
    "Status", "StatusList", "StoredFile",
]  # fmt: skip
