"""Which business a doctor's registration allows at each status (``data/permitted.csv``).

医师法 第十三条、第十六条至第二十条: suspension, leaving, deregistration, revocation and annulment stay apart, because each has its own
way back. Items whose doctors are not in this register (short-term, foreign, village doctors) keep their own order and have no row.
"""

from pathlib import Path

from yizheng.kernel.statutes import physicians_law
from yizheng.systems.practitioners.permitted import PermittedBusiness

PERMITTED = PermittedBusiness(Path(__file__).parent / "data", "D-Z01", physicians_law(13))
status_permits, may_apply = PERMITTED.status_permits, PERMITTED.may_apply
