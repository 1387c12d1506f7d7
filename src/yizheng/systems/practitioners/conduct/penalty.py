"""处罚登记: a penalty that was decided is entered, and what it does to the registration follows.

The decision itself was made in the procedure of penalties; here one person types it and a second enters it. A suspension
runs from day to day, a revocation or annulment ends what stands and its certificate from the day of the decision, and the
ground for not registering counts from that day and stands on the person, registered or not.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from yizheng.documents import certificates
from yizheng.documents.models import Certificate, Ending, Status
from yizheng.kernel.codes import Code, table
from yizheng.kernel.statutes import article
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import weigh
from yizheng.licensing.fields import coded, day, radio
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.practitioners.amending import coming
from yizheng.systems.practitioners.bars import enter_bar
from yizheng.systems.practitioners.conduct.penalty_rules import Punished, known_of
from yizheng.systems.practitioners.conduct.suspension import suspend
from yizheng.systems.practitioners.models import PenaltyRecord
from yizheng.systems.practitioners.models.keyed import DOCTOR
from yizheng.systems.practitioners.models.penalty import NOT_CONTESTED, REVIEW_STATES, line
from yizheng.systems.practitioners.registered_item import RecordedAct

PROVINCE = "province"


def choices_of(whom: str, kinds: str) -> dict[str, forms.Field]:
    """The fields that name article and kind: what the law knows of these people, by the table of kinds of their register."""
    known = known_of(whom)
    articles = dict.fromkeys(row.attributes["article"] for row in known)
    named = {row.attributes["kind"] for row in known}
    return {
        "kind": coded(kinds, "处罚种类", only=lambda code: code.flag("entered") and code.code in named),
        "article": forms.ChoiceField(
            label="处罚依据", choices=[("", "请选择"), *((each, article(each).short) for each in articles)]
        ),
    }


class PenaltyStep(Step):
    """The decision: kind, behaviour, article, sums, periods, and whether it is contested."""

    code = "penalty"
    title = "处罚决定"
    rows = (
        ("kind", "article"),
        ("authority_name", "decided_by"),
        ("document_number", "decided_on"),
        ("amount", "confiscated"),
        ("suspended_from", "suspended_to"),
        ("banned_from", "banned_to"),
    )

    kind, article = choices_of("doctor", "doctor_penalty_kind").values()
    behaviour = forms.CharField(label="违法行为", max_length=200)
    authority_name = forms.CharField(label="决定机关", max_length=100)
    decided_by = radio("决定机关级别", (("county", "县级、设区的市级"), (PROVINCE, "省级以上")))
    document_number = forms.CharField(label="决定书文号", max_length=60)
    decided_on = day("决定日期", hint="期限自决定之日起计算")
    amount = forms.DecimalField(label="罚款（元）", max_digits=12, decimal_places=2, required=False)
    confiscated = forms.DecimalField(label="没收违法所得（元）", max_digits=12, decimal_places=2, required=False)
    suspended_from = day("暂停执业开始", required=False)
    suspended_to = day("暂停执业结束", required=False, hint="最后一天")
    banned_from = day("禁止从业开始", required=False)
    banned_to = day("禁止从业结束", required=False)
    for_life = forms.BooleanField(label="终身禁止从业", required=False)
    mitigated = forms.BooleanField(label="依法减轻处罚（行政处罚法第三十二条），低于法定最低幅度", required=False)
    review_state = radio("复议诉讼", REVIEW_STATES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_state"].initial = NOT_CONTESTED


def penalty_step(whom: str, kinds: str = "doctor_penalty_kind") -> type[PenaltyStep]:
    """The form of a decision against these people."""
    return type("PenaltyStep", (PenaltyStep,), {"__module__": __name__, **choices_of(whom, kinds)})


STEP = PenaltyStep.code
ENDINGS = {"REVOKED": Ending.PENALTY, "ANNULLED": Ending.ANNULLED}
BANNED = frozenset({"R03", "R12"})
_OF_KIND = {
    "suspended_from": "suspends", "suspended_to": "suspends", "amount": "fines", "banned_from": "bans", "banned_to": "bans",
}  # fmt: skip
"""What is kept only of a kind that has it."""


class PenaltyItem(RecordedAct):
    """A penalty on somebody of a register: gathered, recorded, and what it takes from what stands."""

    whom: ClassVar[str] = "doctor"
    """On whom the law must know the penalty, as ``penalty_basis`` names them."""
    kinds: ClassVar[str] = "doctor_penalty_kind"
    """The code table that says what each kind does."""
    alive: ClassVar[tuple[str, ...]] = ()
    """Statuses under which there is something to suspend or to revoke."""

    def number_of(self, registration: Any) -> str:
        """The number of its certificate."""
        return str(getattr(registration, self.people.number))

    def altered(self, kind: Code) -> dict[str, str]:
        """What a registration says once the kind was decided."""
        return {"status": kind.attributes["status"], "reason": kind.attributes["reason"]}

    def standing(self, subject_id: int, on: date) -> Sequence[Any]:
        """What can be suspended or revoked on the day, suspended or not."""
        with acting_as_system(f"核对{self.title}"):
            held = self.people.registration.objects.as_of(on).filter(subject_id=subject_id).order_by("line")
            return [each for each in held if self.people.status_on(each, on) in self.alive]

    def stands(self, subject_id: int, on: date) -> bool:
        """Whether there is something to suspend or to revoke."""
        return bool(self.standing(subject_id, on))

    def take(self, case: Case, change: ChangeInProgress, kind: Code, since: date, answers: Answers, on: date) -> None:
        """What stands is suspended from day to day, or ends from the day of the decision with its certificate."""
        first, last = answers.day(STEP, "suspended_from") or since, answers.day(STEP, "suspended_to")
        for registration in self.standing(case.subject_id, on):
            if kind.flag("suspends"):
                suspend(registration, change, first, last, alive=self.alive.__contains__, **self.altered(kind))
                continue
            stands = [each for each in coming(registration, since) if each.status in self.alive]
            for version in stands[:1]:
                change.state(
                    type(version),
                    version.subject_id,
                    version.line,
                    {**version.values(), **self.altered(kind)},
                    valid_from=max(since, version.valid_from),
                    valid_to=stands[-1].valid_to,
                    authority_scope=version.authority_scope,
                )
            self._revoke_certificate(registration, change, kind, on)

    def _revoke_certificate(self, registration: Any, change: ChangeInProgress, kind: Code, on: date) -> None:
        mine = Certificate.objects.all().select_for_update(no_key=True).filter(status=Status.VALID)
        for certificate in mine.filter(subject_id=registration.subject_id, number=self.number_of(registration)):
            ending = ENDINGS[kind.attributes["status"]]
            certificates.revoke(certificate, ending=ending, on=on, change_id=change.id)

    def gather(self, answers: Answers, subject_id: int, on: date) -> Punished:
        """The person as she stands, the decision as typed."""
        number = answers.text(STEP, "document_number")
        with acting_as_system("核对处罚登记"):
            known = PenaltyRecord.objects.current().filter(
                subject_id=subject_id, of_register=self.of.code, document_number=number
            )
            document_known = bool(number) and known.exists()
            stands = self.stands(subject_id, on)
        return weigh(
            Punished, answers, kinds=self.kinds, whom=self.whom, document_known=document_known, stands=stands,
            decided_by_province=answers.text(STEP, "decided_by") == PROVINCE,
            **self.concerned(self.held(subject_id, on), answers),
        )  # fmt: skip

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The record, what it takes, and the grounds that follow."""
        answers = load(case)
        kind = table(self.kinds)[answers.text(STEP, "kind")]
        since = answers.day(STEP, "decided_on") or on
        record_penalty(change, case.subject_id, since, _values(answers, kind), office=case.decided_by, of=self.of.code)
        if kind.attributes["status"] and self.stands(case.subject_id, on):
            self.take(case, change, kind, since, answers, on)
        for ground in kind.many("bars"):
            enter_bar(
                change,
                case.subject_id,
                ground,
                since,
                authority_scope=case.decided_by,
                authority_name=answers.text(STEP, "authority_name"),
                document_number=answers.text(STEP, "document_number"),
                until=answers.day(STEP, "banned_to") if ground in BANNED else None,
                of=self.of.code,
            )
        return Effect(summary=f"登记{kind.name}（{answers.text(STEP, 'document_number')}）")


def record_penalty(
    change: ChangeInProgress,
    subject_id: int,
    decided_on: date,
    values: dict[str, Any],
    *,
    office: int,
    of: str = DOCTOR,
) -> PenaltyRecord:
    """The decision as an event on its day."""
    where, said = line(values["document_number"]), {**values, "of_register": of}
    return change.event(PenaltyRecord, subject_id, where, said, happened_on=decided_on, authority_scope=office)


def _values(answers: Answers, kind: Code) -> dict[str, Any]:
    texts = ("behaviour", "authority_name", "document_number", "review_state")
    typed = answers.get(STEP, {})
    return {
        "kind": kind.code,
        "article": str(article(answers.text(STEP, "article"))),
        **{name: answers.text(STEP, name) for name in texts},
        "confiscated": answers.amount(STEP, "confiscated"),
        **{name: typed.get(name) if kind.flag(flag) else None for name, flag in _OF_KIND.items()},
    }


def last_decided(subject_id: int, of: str, *kinds: str) -> date | None:
    """The last day a penalty of these kinds was decided on the person under the law of a register; call it as the system."""
    mine = PenaltyRecord.objects.current().filter(subject_id=subject_id, of_register=of, kind__in=kinds)
    return mine.order_by("-valid_from").values_list("valid_from", flat=True).first()
