"""Items by which a doctor's registration begins in another way than the first, changes, or begins again."""

from yizheng.systems.doctors.items.changing.add_location import AddLocationRegistration
from yizheng.systems.doctors.items.changing.add_scope import AddScope
from yizheng.systems.doctors.items.changing.assistant_upgrade import AssistantUpgrade
from yizheng.systems.doctors.items.changing.category import ChangeCategory
from yizheng.systems.doctors.items.changing.location import ChangeLocation
from yizheng.systems.doctors.items.changing.main_institution import ChangeMainInstitution
from yizheng.systems.doctors.items.changing.move_out import MoveOut
from yizheng.systems.doctors.items.changing.reregistration import Reregistration
from yizheng.systems.doctors.items.changing.residency import ResidencyRegistration
from yizheng.systems.doctors.items.changing.residency_completion import ResidencyCompletion
from yizheng.systems.doctors.items.changing.scope import ChangeScope

__all__ = [
    "AddLocationRegistration",
    "AddScope",
    "AssistantUpgrade",
    "ChangeCategory",
    "ChangeLocation",
    "ChangeMainInstitution",
    "ChangeScope",
    "MoveOut",
    "Reregistration",
    "ResidencyCompletion",
    "ResidencyRegistration",
]
