"""What follows for doctors when their institution ends: within thirty days it files that they left (医师执业注册管理办法 第十九条)."""

from yizheng.kernel.calendar import natural_days
from yizheng.kernel.statutes import registration_rules
from yizheng.systems.doctors.people import PEOPLE
from yizheng.systems.practitioners.consequences import when_institutions_end

when_institutions_end(PEOPLE, registration_rules(19), "须离岗备案或者变更主要执业机构", within=natural_days(30))
