"""注销注册: at her own request, reported by her institution, on a document, after her term, or after hearing her; 转出外省.

护士条例 第九条、第十条; 行政许可法 第七十条. The law sets no time after the end of a term: a nurse whose term is over may be
deregistered the next day and may register again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import licensing_law, nurse_regulation
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.people.scope import acting_as_system
from yizheng.systems.nurses.item import PERMITTED, NurseItem, kept_here
from yizheng.systems.practitioners import deregistration, moving_out
from yizheng.systems.practitioners.deregistration import applied, decided, heard
from yizheng.systems.practitioners.moving_out import under_way
from yizheng.systems.practitioners.registered import Entry

REASONS = "nurse_deregistration_reason"
EXPIRED = "N01"
"""The reason that the term is over and was not renewed."""
_ARTICLES = (nurse_regulation(10), licensing_law(70))


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(deregistration.Party):
    """The nurse whose registration is to end, and her term."""

    reasons = REASONS

    term_to: date | None = None
    renewing: bool = False
    """Whether a renewal she applied for is not decided yet."""


stands = deregistration.has_registration("N-STANDS", *_ARTICLES)
reason_fits_initiator = deregistration.reason_fits_initiator("N-INITIATOR", *_ARTICLES)
has_happened = deregistration.has_happened("N-HAPPENED", *_ARTICLES)
rests_on_a_document = deregistration.rests_on_a_document("N-DOCUMENT", licensing_law(70))


@check("N-TERM", nurse_regulation(10), licensing_law(70), title="注册有效期已届满")
def term_is_over(party: Party, on: date) -> Iterator[Finding]:
    """The term has run to its last day and no renewal is waiting for a decision (行政许可法 第五十条)."""
    if party.cause != EXPIRED or party.term_to is None:
        return
    if on <= party.term_to:
        yield refuse("ground.cause", f"注册有效期到{long_date(party.term_to)}才届满，此前不能以此注销")
    elif party.renewing:
        yield refuse("ground.cause", "有延续注册申请尚未办结，办结后再决定", articles=(licensing_law(50),))


class AppliedStep(deregistration.AppliedStep):
    """The reason as the nurse or the institution brings it."""

    cause = coded(REASONS, "注销原因", only=applied)


class DecidedStep(deregistration.DecidedStep):
    """The penalty, the finding, the death or the end of the term that the authority enters."""

    cause = coded(REASONS, "注销原因", only=decided)


class HeardStep(deregistration.HeardStep):
    """The ground on which the authority means to end a registration."""

    cause = coded(REASONS, "注销原因", only=heard)


class NurseDeregistration(deregistration.Deregistration, NurseItem):
    """The end of a nurse's registration."""

    party, articles = Party, _ARTICLES

    def particulars(self, held: Entry, answers: Answers, on: date) -> dict[str, Any]:
        """The last day of her term, and whether a renewal is under way."""
        if held.main is None:
            return {}
        with acting_as_system(f"核对{self.title}"):
            renewing = under_way(held.main.subject_id).filter(item_code="nurse_renewal").exists()
        return {"term_to": held.main.term_to, "renewing": renewing}


@declare
class DeregistrationOnApplication(deregistration.OnApplication, NurseDeregistration):
    """护士注销执业注册: she gives it up, or her institution reports that she died or lost her capacity."""

    code, title = "nurse_deregistration", "护士注销执业注册"
    steps = (AppliedStep,)
    materials = deregistration.proofs(
        ("N03", "死亡证明", "死亡医学证明或者公安机关的证明"),
        ("N04", "丧失民事行为能力的证明", "人民法院的判决书或者司法鉴定意见"),
        ("N06", "本人注销申请书", "本人签名"),
    )
    checks = (
        PERMITTED.status_permits(code), kept_here, stands, reason_fits_initiator, has_happened, rests_on_a_document,
    )  # fmt: skip


@declare
class DeregistrationOnRecord(deregistration.OnRecord, NurseDeregistration):
    """据生效文书注销护士执业注册: the term is over, the certificate was revoked, she died; nothing is left to be heard."""

    code, title = "nurse_deregistration_on_record", "据生效文书注销护士执业注册"
    steps = (DecidedStep,)
    checks = (
        PERMITTED.status_permits(code), stands, reason_fits_initiator, has_happened, rests_on_a_document, term_is_over,
    )  # fmt: skip


@declare
class ExOfficioDeregistration(deregistration.ExOfficio, NurseDeregistration):
    """注销护士执业注册, after notice and hearing, for a case that another law provides."""

    code, title = "nurse_ex_officio_deregistration", "注销护士执业注册"
    steps = (HeardStep,)
    checks = (PERMITTED.status_permits(code), stands, reason_fits_initiator, has_happened)


@declare
class MoveOut(moving_out.MovingOut, NurseItem):
    """护士转出外省: the other province has changed her registration and notified Beijing."""

    code, title = "nurse_move_out", "护士转出外省"
    articles = (nurse_regulation(9),)
    checks = (PERMITTED.status_permits(code), moving_out.nothing_else_under_way("N-UNDERWAY", nurse_regulation(9)))
