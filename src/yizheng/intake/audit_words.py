"""What the audit trail calls the details of taking files in: a format by its title."""

from yizheng.intake.formats import UnknownFormat, format_of
from yizheng.people.auditing.wording import declare_words


def _format(code: str) -> str:
    try:
        return format_of(code).title
    except UnknownFormat:
        return code


declare_words({}, {"format": _format})
