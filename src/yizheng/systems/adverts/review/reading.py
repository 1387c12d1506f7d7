"""Reading the words of sample files: text layers, texts as they are, pictures by machine where that is installed.

A file is read by the clock, outside of any request, once; sounds and films have no words of their own here: what is heard and
seen in them stands in the form and the script, and a person holds one against the other.
"""

from collections.abc import Iterable
from dataclasses import replace

from yizheng.documents.attachments import PDF, TEXT, store, words_of
from yizheng.kernel import paper_text
from yizheng.kernel.file_store import MissingFile
from yizheng.licensing.models import Case, Paper
from yizheng.people.scope import acting_for_organisations
from yizheng.systems.adverts.models.reading import SampleText
from yizheng.systems.adverts.review.files import READ, SAMPLE, SampleFile
from yizheng.work.schedules import schedule

MOST_WORDS = 20_000
_AT_ONCE = 5


def read_before(files: Iterable[SampleFile]) -> tuple[SampleFile, ...]:
    """The files with the words that were read from them."""
    files = tuple(files)
    known = {each.digest: each for each in SampleText.objects.filter(digest__in={each.digest for each in files})}
    return tuple(
        replace(each, words=known[each.digest].words, recognised=known[each.digest].recognised)
        if each.digest in known
        else each
        for each in files
    )


@schedule("* * * * *", "adverts.read_samples", title="读取医疗广告样件中的文字")
def read_samples() -> int:
    """Read what nobody has read of the samples of open applications; how many files were read."""
    with acting_for_organisations("读取医疗广告样件中的文字"):
        filed = Paper.objects.filter(
            replaced=False, material__startswith=SAMPLE, attachment__media_type__in=READ, case__in=Case.objects.open()
        )
        unread = filed.exclude(attachment__digest__in=SampleText.objects.values("digest"))
        kinds = dict(unread.order_by("-pk").values_list("attachment__digest", "attachment__media_type")[:_AT_ONCE])
    for digest, media_type in kinds.items():
        words, recognised = words_in(digest, media_type)
        SampleText.objects.get_or_create(
            digest=digest, defaults={"words": words[:MOST_WORDS], "recognised": recognised}
        )
    return len(kinds)


def words_in(digest: str, media_type: str) -> tuple[str, bool]:
    """The words of a stored file, and whether a machine recognised them; none where none can be read."""
    try:
        content = store().read(digest)
    except MissingFile:
        return "", False
    if media_type == TEXT:
        return (words_of(content) or "").replace("\r\n", "\n"), False
    found = paper_text.read(content, media_type)
    return ("", media_type != PDF) if found is None else (storable(found.text), found.recognised)


def storable(text: str) -> str:
    """A text without zero bytes and half characters, which a broken file may hold and no database keeps."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
