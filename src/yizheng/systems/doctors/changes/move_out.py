"""医师转出外省 (医师法 第十八条)."""

from datetime import date

from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.catalogue import declare
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.changes.rules import nothing_else_under_way
from yizheng.systems.doctors.filings.dependents import end_dependents
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.registered_item import RegisteredItem
from yizheng.systems.practitioners import move_out


@declare
class MoveOut(move_out.MoveOut, RegisteredItem):
    """医师转出外省."""

    code, title = "doctor_move_out", "医师转出外省"
    articles = (physicians_law(18),)
    checks = (status_permits(code), nothing_else_under_way)

    def end_dependents(self, subject_id: int, change: ChangeInProgress, on: date) -> None:
        """Filings, special qualifications and leave."""
        end_dependents(subject_id, change, on, because="转出外省")
