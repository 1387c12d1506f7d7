"""The business items of special qualifications, one a file."""

from yizheng.systems.doctors.items.special.antibiotic_rx import AntibioticPrescriptions
from yizheng.systems.doctors.items.special.checkup_chief import CheckupChief
from yizheng.systems.doctors.items.special.cosmetic_lead import CosmeticLead
from yizheng.systems.doctors.items.special.ending import SpecialEnding
from yizheng.systems.doctors.items.special.mch_delivery import Delivery
from yizheng.systems.doctors.items.special.mch_genetic_prenatal import GeneticPrenatal
from yizheng.systems.doctors.items.special.mch_premarital import Premarital
from yizheng.systems.doctors.items.special.narcotic_rx import NarcoticPrescriptions
from yizheng.systems.doctors.items.special.organ_transplant import OrganTransplant
from yizheng.systems.doctors.items.special.prenatal import PrenatalDiagnosis
from yizheng.systems.doctors.items.special.radiation import RadiationWorker
from yizheng.systems.doctors.items.special.restricted_tech import RestrictedTechnique
from yizheng.systems.doctors.items.special.western_tcm import WesternAndChinese

__all__ = [
    "AntibioticPrescriptions",
    "CheckupChief",
    "CosmeticLead",
    "Delivery",
    "GeneticPrenatal",
    "NarcoticPrescriptions",
    "OrganTransplant",
    "Premarital",
    "PrenatalDiagnosis",
    "RadiationWorker",
    "RestrictedTechnique",
    "SpecialEnding",
    "WesternAndChinese",
]
