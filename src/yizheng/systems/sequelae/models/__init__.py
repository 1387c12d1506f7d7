"""The tables of the room. Whom a row is about it says by key; names, numbers and contents lie enciphered."""

from yizheng.systems.sequelae.models.consents import Consent
from yizheng.systems.sequelae.models.controls import ControlFile
from yizheng.systems.sequelae.models.examinations import Batch, BatchRow, Examination, Link, Source
from yizheng.systems.sequelae.models.exports import Export
from yizheng.systems.sequelae.models.findings import FindingRow, Mapping, UnknownWords
from yizheng.systems.sequelae.models.images import Delivery, Image, Study
from yizheng.systems.sequelae.models.letters import Letter
from yizheng.systems.sequelae.models.opinions import Opinion
from yizheng.systems.sequelae.models.people import History, Identity, Person
from yizheng.systems.sequelae.models.rounds import Attendance, Round
from yizheng.systems.sequelae.models.runs import Run
from yizheng.systems.sequelae.models.scales import Alert, ScaleAnswers, ScaleTest

__all__ = [
    "Alert",
    "Attendance",
    "Batch",
    "BatchRow",
    "Consent",
    "ControlFile",
    "Delivery",
    "Examination",
    "Export",
    "FindingRow",
    "History",
    "Identity",
    "Image",
    "Letter",
    "Link",
    "Mapping",
    "Opinion",
    "Person",
    "Round",
    "Run",
    "ScaleAnswers",
    "ScaleTest",
    "Source",
    "Study",
    "UnknownWords",
]
