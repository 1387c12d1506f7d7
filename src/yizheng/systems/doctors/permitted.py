"""Which business a doctor's registration allows at each status (``data/permitted.csv``).

医师法 第十三条、第十六条至第二十条: suspension, leaving, deregistration, revocation and annulment stay apart, because each has its own
way back. Items whose doctors are not in this register (short-term, foreign, village doctors) keep their own order and have no row.
"""

from pathlib import Path

from yizheng.kernel.statutes import physicians_law
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.systems.practitioners import checks
from yizheng.systems.practitioners.permitted import PermittedBusiness

PERMITTED = PermittedBusiness(Path(__file__).parent / "data", "D-Z01", physicians_law(13))
status_permits, may_apply = PERMITTED.status_permits, PERMITTED.may_apply
kept_here = checks.kept_here("D-Z02", physicians_law(18))


def by_resident_card(subject_id: int) -> str | None:
    """Why what is meant for people from Hong Kong, Macau, Taiwan or abroad is not for holders of a resident identity card.

    香港、澳门特别行政区医师在内地短期行医管理规定 第二条; 外国医师来华短期行医暂行管理办法 第二条.
    """
    if vault.masked(subject_id, IdentifierKind.RESIDENT_ID):
        return "您以居民身份证登记，此事项供港澳台医师和外国医师办理"
    return None
