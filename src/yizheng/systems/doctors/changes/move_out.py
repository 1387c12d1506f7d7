"""转出外省 (医师法 第十八条)."""

from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.changes.rules import nothing_else_under_way
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.registered_item import RegisteredItem
from yizheng.systems.practitioners import moving_out


@declare
class MoveOut(moving_out.MovingOut, RegisteredItem):
    """医师转出外省."""

    code, title = "doctor_move_out", "医师转出外省"
    articles = (physicians_law(18),)
    checks = (status_permits(code), nothing_else_under_way)
