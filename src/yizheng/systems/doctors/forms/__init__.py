"""The parts of the forms doctors fill in; one part a file, shared by items."""

from yizheng.systems.doctors.forms.assessment import AssessmentStep
from yizheng.systems.doctors.forms.declaration import DeclarationStep
from yizheng.systems.doctors.forms.practice import PracticeStep
from yizheng.systems.doctors.forms.qualification import QualificationStep
from yizheng.systems.doctors.forms.training import TrainingStep
from yizheng.systems.practitioners.forms.education import EducationStep
from yizheng.systems.practitioners.forms.person import PersonStep

__all__ = [
    "AssessmentStep",
    "DeclarationStep",
    "EducationStep",
    "PersonStep",
    "PracticeStep",
    "QualificationStep",
    "TrainingStep",
]
