"""处罚登记, 虚假申请记录 of nurses (护士条例 第三十一条、第三十二条, 行政许可法 第七十八条、第七十九条)."""

from yizheng.kernel.statutes import licensing_law, nurse_regulation
from yizheng.licensing.catalogue import declare
from yizheng.systems.nurses.item import PERMITTED, NurseItem, kept_here
from yizheng.systems.nurses.models import REGISTERED, SUSPENDED
from yizheng.systems.practitioners.conduct import false_application, penalty, penalty_rules

_ARTICLE = nurse_regulation(31)


@declare
class PenaltyRecording(penalty.PenaltyItem, NurseItem):
    """护士行政处罚登记: a warning, six months to a year without practice, the certificate revoked."""

    code, title, short_title = "nurse_penalty_record", "护士行政处罚登记", "处罚登记"
    articles = (_ARTICLE, nurse_regulation(32))
    whom, kinds, alive = "nurse", "nurse_penalty_kind", (REGISTERED, SUSPENDED)
    steps = (penalty.penalty_step(whom, kinds),)
    checks = (
        PERMITTED.status_permits(code),
        kept_here,
        *penalty_rules.rules("N", cited=_ARTICLE, suspended=_ARTICLE, fined=_ARTICLE, banned=_ARTICLE),
    )


@declare
class FalseApplicationRecord(false_application.FalseApplicationRecord, NurseItem):
    """虚假申请记录: no application to be registered as a nurse is accepted for a year."""

    code = "nurse_false_application_record"
    checks = (PERMITTED.status_permits(code), false_application.of_a_refused_case("N-FALSE", licensing_law(78)))
