"""证照重制: a correction of what a certificate prints makes a new version of it; the one in hand no longer holds.

A register whose certificate is printed from the whole record says how; of the others the printed text is replaced.
"""

from collections.abc import Callable
from datetime import date

from yizheng.documents import certificates, sealing
from yizheng.documents.certificates import Draft
from yizheng.documents.models import Certificate, Status
from yizheng.licensing.problem_data.values import difference
from yizheng.registry.models import Fact
from yizheng.registry.registers import Register
from yizheng.registry.verbs import ChangeInProgress

Printer = Callable[[ChangeInProgress, int, str], list[Certificate]]
"""Prints the certificates of a subject anew within a change that corrected what the words name."""
_printers: dict[str, Printer] = {}


def prints_whole(register: Register, printer: Printer) -> None:
    """Say how the certificates of a register are printed anew from its record."""
    _printers[register.code] = printer


def reprint(change: ChangeInProgress, before: Fact, after: Fact, on: date) -> list[Certificate]:
    """New versions of the certificates that print what was corrected."""
    printed = {
        str(field.verbose_name): field.name for field in before.typed_fields() if getattr(field, "printed", False)
    }
    rows = [row for row in difference(before, after) if row[0] in printed]
    if not rows:
        return []
    title = f"更正{'、'.join(row[0] for row in rows)}"
    register = type(before).register
    if register is not None and register.code in _printers:
        return _printers[register.code](change, before.subject_id, title)
    held = Certificate.objects.all().filter(subject_id=before.subject_id, status=Status.VALID)
    made = []
    for each in held.select_for_update(no_key=True).order_by("pk"):
        fields, _ = sealing.unseal(each)
        new = {name: said for row in rows for name, said in _replaced(fields, printed[row[0]], row[1], row[2]).items()}
        if new and "number" not in new:
            changes = [*fields.get("changes", []), [title, str(on), fields["issuer"]]]
            draft = Draft(
                each.kind, each.subject_id, each.authority_scope, {**fields, **new, "changes": changes},
                on, change.id,
            )  # fmt: skip
            made.append(certificates.issue(draft))
    return made


def _replaced(fields: dict[str, object], name: str, before: str, after: str) -> dict[str, object]:
    """The printed field of that name, or the only one that says the same, with what it says now."""
    alike = [each for each, said in fields.items() if said == before]
    if name in alike:
        return {name: after}
    return {alike[0]: after} if len(alike) == 1 else {}
