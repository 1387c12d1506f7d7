"""The text of a paper for who reads it: the text layer of a PDF, else what the recogniser makes of its pictures.

A paper comes from outside: it is read by a process of its own with bounded memory and time, one at a time. The recogniser is
the extra ``ocr`` of the installation (rapidocr, which needs no network); without it a picture has no text.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from io import BytesIO
from threading import Lock

from pypdf import PdfReader

PAGES = 5
"""What is read of a paper."""
SECONDS = 60
MEMORY = 4 * 1024**3
Recogniser = Callable[[bytes], str]
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class PaperText:
    """What a paper says, and whether it was recognised from pictures, which may err."""

    text: str
    recognised: bool


def read(content: bytes, media_type: str) -> PaperText | None:
    """The text of a paper; nothing where none can be read, or another one is being read."""
    if not _one_at_a_time.acquire(timeout=SECONDS / 10):
        return None
    command, environment = [sys.executable, "-m", __name__, media_type], {"PYTHONPATH": os.pathsep.join(sys.path)}
    try:
        run = subprocess.run(  # noqa: S603  our own module
            command, input=content, capture_output=True, timeout=SECONDS, env=environment, check=True
        )
    except subprocess.SubprocessError:
        return None
    finally:
        _one_at_a_time.release()
    found = PaperText(**json.loads(run.stdout.splitlines()[-1]))
    return found if found.text.strip() else None


def text_of(content: bytes, media_type: str, recognise: Recogniser | None) -> PaperText:
    """As `read`, in this process."""
    pictures = [content]
    if media_type == "application/pdf":
        pages = PdfReader(BytesIO(content)).pages[:PAGES]
        text = "\n".join(page.extract_text() for page in pages)
        if text.strip() or recognise is None:
            return PaperText(text, recognised=False)
        pictures = [image.data for page in pages for image in page.images]
    return PaperText("" if recognise is None else "\n".join(map(recognise, pictures)), recognised=True)


def _recogniser() -> Recogniser | None:
    try:
        engine = import_module("rapidocr").RapidOCR()
    except ImportError:
        return None
    return lambda picture: "\n".join(engine(picture).txts or ())


def _main(media_type: str) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    content = sys.stdin.buffer.read()
    found = text_of(content, media_type, None)
    if not found.text.strip():
        found = text_of(content, media_type, _recogniser())
    sys.stdout.write("\n" + json.dumps(asdict(found)) + "\n")


if __name__ == "__main__":
    _main(sys.argv[1])
