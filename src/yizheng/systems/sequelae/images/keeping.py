"""The files of images: sealed under the key of the person they are of, under the office's while nobody is known; kept in the store."""

from collections.abc import Iterable

from yizheng.documents.attachments.keeping import store_bytes
from yizheng.documents.attachments.store import store
from yizheng.people.sealed_content import open_content, seal_content
from yizheng.systems.sequelae.models import Image, Study
from yizheng.systems.sequelae.models.images import StudyState
from yizheng.systems.sequelae.office import office_key


def holder(study: Study) -> int:
    """The subject under whose key the files of a study lie."""
    accepted = study.state == StudyState.ACCEPTED and study.person is not None
    return study.person.subject_id if accepted and study.person else office_key()


def keep(study: Study, content: bytes) -> str:
    """Seal and keep a file; its digest in the store."""
    return store_bytes(seal_content(holder(study), content))


def content_of(image: Image, under: int | None = None) -> bytes:
    """The file as it was received."""
    return open_content(holder(image.study) if under is None else under, store().read(image.digest))


def seal_again(images: Iterable[Image], before: int, study: Study) -> None:
    """Seal files under another key when it is found whose they are."""
    for each in images:
        digest = keep(study, content_of(each, before))
        Image.objects.filter(pk=each.pk).update(digest=digest)
