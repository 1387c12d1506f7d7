"""The typesetter, kept alive for the life of the process: one compiler, one lock, milliseconds a page.

Pages are PDF/A-2b (GB/T 33190's OFD twin for long keeping in the PDF world), which also makes the typesetter refuse a
page with a missing glyph: the check in `fonts` is the courtesy, this is the guarantee.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from threading import Lock
from typing import Any, cast

import typst

from yizheng.documents.typesetting.fonts import Typefaces

STANDARD: "typst.PDFStandard" = "a-2b"
_one_at_a_time = Lock()


class TypesettingError(RuntimeError):
    """A page could not be set; the message is the typesetter's own and is meant for an engineer."""


@lru_cache(maxsize=4)
def _compiler(faces: Typefaces) -> typst.Compiler:
    return typst.Compiler(font_paths=faces.loaded, ignore_system_fonts=True)


def compile_page(
    sources: Mapping[str, bytes], data: Mapping[str, Any], *, faces: Typefaces, stamped: datetime
) -> bytes:
    """Set `sources["main"]` with `data` and return PDF/A-2b bytes.

    `sources` holds the main text, the modules it imports and its pictures, by name. `data` is what JSON can hold; the
    page reads it as `sys.inputs.data`. `stamped` becomes the document's date, so equal input gives equal bytes.
    Raises TypesettingError.
    """
    inputs = {
        "data": json.dumps(faces.legible(dict(data)), ensure_ascii=False, sort_keys=True),
        "song": json.dumps(faces.song, ensure_ascii=False),
    }
    with _one_at_a_time:
        try:
            page, _warnings = _compiler(faces).compile_with_warnings(
                input=cast(Any, dict(sources)),  # the stub omits the mapping the compiler accepts
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=STANDARD,
                timestamp=stamped,
            )
        except typst.TypstError as error:
            raise TypesettingError(error.diagnostic or error.message) from error
    if not isinstance(page, bytes):
        raise TypesettingError("the typesetter returned no single document")
    return page
