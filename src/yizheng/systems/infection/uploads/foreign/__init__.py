"""Results of laboratories as other programs write them; each kind of file is a mapping onto the rows of the record of isolates."""

from collections.abc import Callable, Mapping

from yizheng.systems.infection.uploads.foreign import fhir, hl7, whonet
from yizheng.systems.infection.uploads.foreign.results import Isolate

READERS: Mapping[str, Callable[[bytes], list[Isolate]]] = {
    "whonet": whonet.isolates, "hl7": hl7.isolates, "fhir": fhir.isolates,
}  # fmt: skip
"""The kinds of files, by the word the command knows them by."""
