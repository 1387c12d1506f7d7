"""The tables of the room: ordinary tables, not facts. What a batch holds before it is loaded lies in its staging."""

from yizheng.intake.models.batch import Batch, BatchState
from yizheng.intake.models.finding import Finding
from yizheng.intake.models.heading import KeptHeading
from yizheng.intake.models.sealed import SealedNumbers

__all__ = ["Batch", "BatchState", "Finding", "KeptHeading", "SealedNumbers"]
