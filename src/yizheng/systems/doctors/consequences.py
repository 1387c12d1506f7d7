"""What follows for doctors when their institution ends: within thirty days it files that they left, or they find another."""

from yizheng.kernel.statutes import registration_rules
from yizheng.systems.doctors.models.registration import REGISTERED
from yizheng.systems.doctors.people import PEOPLE
from yizheng.systems.practitioners.consequences import institution_ends

institution_ends(PEOPLE, REGISTERED, "须离岗备案或者变更主要执业机构", registration_rules(19), days=30)
