"""The tables of the registry."""

from yizheng.registry.models.change import Basis, Change, ChangeKind, KeptLine
from yizheng.registry.models.fact import EventFact, EventQuerySet, Fact, FactQuerySet, StateFact
from yizheng.registry.models.identity import SameAs
from yizheng.registry.models.seal import DigestSchema, Seal, SealPage
from yizheng.registry.models.subject import Subject, SubjectKind

__all__ = [
    "Basis", "Change", "ChangeKind", "DigestSchema", "EventFact", "EventQuerySet", "Fact", "FactQuerySet",
    "KeptLine", "SameAs", "Seal", "SealPage", "StateFact", "Subject", "SubjectKind",
]  # fmt: skip
