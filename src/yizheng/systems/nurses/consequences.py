"""What follows for nurses when their institution ends: a nurse practises at an institution that she has filed (护士条例 第九条)."""

from yizheng.kernel.statutes import nurse_regulation
from yizheng.systems.nurses.models import REGISTERED
from yizheng.systems.nurses.people import PEOPLE
from yizheng.systems.practitioners.consequences import institution_ends

institution_ends(PEOPLE, REGISTERED, "须变更主要执业机构", nurse_regulation(9))
