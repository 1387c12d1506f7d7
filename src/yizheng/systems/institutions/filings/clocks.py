"""The clocks of filings: the visit that is due after a filing, the last day to put right what it found, a year of standing still."""

from yizheng.kernel.statutes import beijing_tcm_regulation, institution_regulation
from yizheng.licensing.deadlines.clocks import Clock, Recipient, RegisterClocks, declare
from yizheng.licensing.ports.consequences import ProposedAct
from yizheng.systems.institutions.clocks import OF_KINDS
from yizheng.systems.institutions.filings.striking import STOPPED
from yizheng.systems.institutions.models import FilingCheck, Suspension
from yizheng.systems.institutions.register import INSTITUTIONS

FILINGS = RegisterClocks(register=INSTITUTIONS, parameters=lambda on: {})

declare(
    Clock(
        of=FILINGS,
        code="filing_visit",
        title="诊所备案后现场核查到期",
        article=institution_regulation(14),
        warn_days=15,
        again=(5,),
        sentence="备案后的现场核查到期",
        fact=FilingCheck,
        fires_on="fact.due_on",
        where="fact.state = 'due'",
        institution="fact.subject_id",
        recipients=frozenset({Recipient.AUTHORITY}),
        performed=True,
        act=ProposedAct("clinic_file_visit"),
    ),
    Clock(
        of=FILINGS,
        code="filing_order",
        title="诊所备案核查后改正到期",
        article=beijing_tcm_regulation(56),
        warn_days=7,
        sentence="责令改正的期限届满，须再次核查",
        fact=FilingCheck,
        fires_on="fact.correct_by + 1",
        where="fact.state = 'ordered'",
        institution="fact.subject_id",
        recipients=frozenset({Recipient.INSTITUTION, Recipient.AUTHORITY}),
        act=ProposedAct("clinic_file_visit"),
    ),
    *(
        Clock(
            of=FILINGS,
            code=f"{kind}_year",
            title=f"{title}停业满一年",
            article=institution_regulation(20, 2),
            warn_days=90,
            again=(30,),
            sentence="停业超过一年，视为歇业",
            fact=Suspension,
            fires_on="(fact.from_on + interval '1 year')::date",
            where="fact.reason = 'other' and " + OF_KINDS.format(kinds=f"= '{kind}'"),
            institution="fact.subject_id",
            recipients=frozenset({Recipient.INSTITUTION, Recipient.AUTHORITY}),
            act=ProposedAct(strike, {"ground": {"ground": STOPPED}}),
        )
        for kind, title, strike in (
            ("clinic_filed", "备案诊所", "clinic_file_strike"),
            ("tcm_clinic_filed", "备案中医诊所", "tcm_clinic_strike"),
        )
    ),
)
