"""What happens on a verb beside moving the case (``lifecycle``), in order: the whole of it on one page.

*Before* may still refuse a case; the event is written next; *after* finds the case in its new state. The clock is wound and
the audit entry made last, on every verb alike. Upper rooms add nothing here: what an item does is its declaration
(``Item.effect``, ``Item.after``), what follows elsewhere goes through the ports Consequence and Question.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from yizheng.licensing.verbs import accepting, deciding, enacting, entering, recording, reviewing, submitting
from yizheng.licensing.verbs.acting import Acts

Work = Callable[[Acts], None]


@dataclass(frozen=True, slots=True)
class Happening:
    """The work of a verb before and after its event."""

    before: tuple[Work, ...] = ()
    after: tuple[Work, ...] = ()


ORDER: dict[str, Happening] = {
    "submit": Happening(
        (entering.hold_subjects, submitting.complete_and_routed), (entering.take_effect, submitting.tell_the_next_desk)
    ),
    "resubmit": Happening((submitting.complete_and_routed,), (submitting.tell_the_acceptor,)),
    "confirm": Happening(
        (entering.hold_subjects, submitting.well_filed_still), (entering.take_effect, submitting.tell_receipt)
    ),
    "send_back": Happening((), (submitting.reopen_draft,)),
    "withdraw": Happening((), (submitting.confirm_withdrawal,)),
    "ask_correction": Happening((accepting.only_once,), (accepting.correction_notice,)),
    "decline": Happening((), (accepting.non_acceptance,)),
    "accept": Happening((), (accepting.acceptance_notice,)),
    "deem_accepted": Happening((), (accepting.acceptance_notice,)),
    "lapse": Happening((), (accepting.tell_lapse,)),
    "record": Happening((recording.named,), (recording.kept,)),
    "start_hearing": Happening((), (reviewing.tell_that_time_stands_still,)),
    "start_procedure": Happening((), (reviewing.tell_that_time_stands_still,)),
    "end_procedure": Happening(),
    "propose_refusal": Happening((), (partial(reviewing.put_forward, "refuse"),)),
    "concur": Happening((reviewing.once_each,)),
    "pass_review": Happening((reviewing.agreed, reviewing.clear), (partial(reviewing.put_forward, "grant"),)),
    "step_back": Happening(),
    "extend": Happening((deciding.extended_once,), (deciding.extension_notice,)),
    "refuse": Happening((deciding.grounds_of_refusal,), (deciding.refusal_notice,)),
    "grant": Happening((entering.hold_subjects, deciding.rules_hold_today), (deciding.write_effect,)),
    "deem_granted": Happening((entering.hold_subjects, deciding.ran_out), (deciding.write_effect,)),
    "deliver": Happening(),
    "unfile": Happening((), (entering.strike,)),
    "check_off": Happening(),
    "give_notice": Happening((), (enacting.notice_of_act,)),
    "ask_hearing": Happening(),
    "end_hearing": Happening(),
    "conclude": Happening((enacting.heard,)),
    "drop": Happening(),
    "enact": Happening((), (deciding.write_effect,)),
}
"""Every verb of ``lifecycle``; a test holds the two together."""
