"""A business item (事项) is a declaration: who applies, the form, the materials, the checks, the route, the clock, the effect.

A system adds a business by adding one file with one subclass. Three shapes exist: a licence on application
(依申请的许可), a filing that takes effect on submission and is checked afterwards (备案), and an act begun by
the authority (依职权). Items are dated: a case is judged by the declaration in force on the day it was received.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from yizheng.kernel.statutes import Article
from yizheng.licensing.findings import Check, Findings, ask

if TYPE_CHECKING:
    from yizheng.licensing.answers import Answers
    from yizheng.licensing.forms import DeskStep, Step
    from yizheng.licensing.models import Case, Paper
    from yizheng.people.models import Account
    from yizheng.registry import ChangeInProgress
    from yizheng.registry.models import Fact


class Shape(enum.StrEnum):
    """The life a case of the item leads; each has its own table in ``lifecycle``."""

    LICENCE = "licence"
    FILING = "filing"
    AUTHORITY_ACT = "authority_act"


class Initiator(enum.StrEnum):
    """Who may open a case of the item."""

    PERSON = "person"
    INSTITUTION = "institution"
    AUTHORITY = "authority"


class Stage(enum.StrEnum):
    """A station on the route; the route names the stations in order."""

    CONFIRM = "confirm"
    """机构确认"""
    ACCEPT = "accept"
    """受理"""
    REVIEW = "review"
    """审核"""
    DECIDE = "decide"
    """决定"""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A period in working days (行政许可法 第八十二条), or in the days of its own law, with the article that fixes it."""

    days: int
    article: Article
    from_receipt: bool = False
    """Counted from the receipt of the complete application, where its law says so, and not from acceptance."""
    natural: bool = False
    """Counted in calendar days by its own law; a last day off moves to the next working day (民法典 第二百零三条)."""

    @property
    def words(self) -> str:
        """20 个工作日, or 30 日 where they are calendar days."""
        return f"{self.days} {'日' if self.natural else '个工作日'}"


@dataclass(frozen=True, slots=True)
class Material:
    """A paper to attach: what it is, what it must satisfy, and when it is asked for."""

    code: str
    title: str
    requirement: str
    media_types: tuple[str, ...] = ("application/pdf", "image/jpeg", "image/png")
    max_bytes: int = 10 * 1024 * 1024
    needed: Callable[[Any, date], bool] = lambda applicant, on: True
    inspect: Callable[[bytes], str | None] = lambda content: None
    """Looks at the bytes and answers what is wrong in Chinese, or nothing."""
    english: tuple[str, str] = ("", "")
    """Title and requirement in English, where the item's form is in two languages."""

    def when(self, condition: Callable[[Any, date], bool]) -> Material:
        """The same paper, asked for only where ``condition`` holds for the applicant on the day."""
        return replace(self, needed=condition)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a grant did: the certificate's printed fields, and what is shown to the applicant."""

    summary: str
    certificate_kind: str = ""
    certificate_fields: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody an institution may open a case for: who, one hint to tell namesakes apart, and her number on a list."""

    subject_id: int
    name: str
    hint: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class PersonNumber:
    """The number, beside the identity number, by which a list names a person."""

    title: str
    field: str
    """What fields of forms that ask for it are called."""
    find: Callable[[str, Account], int | None]
    """Whose number it is, asked by an account."""


class Item:
    """Base of every declaration. Subclasses set the class attributes and implement the few methods that are theirs."""

    code: ClassVar[str]
    title: ClassVar[str]
    short_title: ClassVar[str]
    system: ClassVar[str]
    register: ClassVar[str]
    """What the applicant is, in the words of the page: 医师, 护士, 医疗机构."""
    whom: ClassVar[str] = "此人"
    """How a sentence names whom or what the case is about: 此人, 该机构, 该广告."""
    group: ClassVar[str] = "其他"
    """The heading under which the page of offers lists the item: 注册, 变更, 备案."""
    articles: ClassVar[tuple[Article, ...]] = ()
    valid_from: ClassVar[date] = date.min
    valid_to: ClassVar[date] = date.max

    shape: ClassVar[Shape] = Shape.LICENCE
    collective: ClassVar[bool] = False
    """An institution may hand it in for many of its people at once (集体办理); ``initiators`` names it too."""
    known_by: ClassVar[PersonNumber | None] = None
    """How a list names a person beside her identity number."""
    lists_staff: ClassVar[bool] = False
    """Whether the sheet of a list already names those for whom the item is due."""
    about_itself: ClassVar[bool] = False
    """An institution applies for itself; nobody of its people is chosen."""
    institution_step: ClassVar[str] = ""
    """The step whose field ``institution`` names the institution that confirms or applies; empty where no step asks."""
    initiators: ClassVar[tuple[Initiator, ...]] = (Initiator.PERSON,)
    steps: ClassVar[tuple[type[Step], ...]] = ()
    english: ClassVar[str] = ""
    """The title in English; where there is one, the applicant's form is in Chinese and English."""
    desk_steps: ClassVar[tuple[type[DeskStep], ...]] = ()
    """What the reviewing officer records of the case: a visit (现场核查), a publicity (公示), a conclusion."""
    materials: ClassVar[tuple[Material, ...]] = ()
    checks: ClassVar[tuple[Check, ...]] = ()
    route: ClassVar[tuple[Stage, ...]] = (Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    statutory: ClassVar[WorkingDays]
    confirmation: ClassVar[str] = "确认聘用"
    """What the institution does whose confirmation a licence goes by; a filing it just confirms."""
    objection: ClassVar[str] = ""
    """What a person is told she can do where an institution filed for her without asking."""
    extendable: ClassVar[bool] = False
    several: ClassVar[bool] = False
    """Whether one may have several applications of the item under way, each about something else."""
    reviewers: ClassVar[int] = 1
    """How many reviewing persons must agree before a case goes to the decision."""
    hearing: ClassVar[bool] = False
    """Whether a hearing may be held before the decision (行政许可法 第四十六条、第四十七条)."""
    conclusion: ClassVar[str] = ""
    """What the decision is called that neither grants nor refuses but concludes (作出校验结论); empty elsewhere."""
    silence_grants: ClassVar[bool] = False
    """Whether an application counts as granted that is not decided by its `last_day_of` (行政许可法 第五十条)."""

    @property
    def asked_of_institution(self) -> str:
        """What the institution is asked for where the case goes by it."""
        return "确认备案" if self.shape is Shape.FILING else self.confirmation

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Why this person cannot open a case now, or nothing (asked on the page of what can be applied for)."""
        return None

    def may_initiate(self, subject_id: int, institution_scope: int, on: date) -> str | None:
        """Why this institution cannot open a case for this person now, or nothing."""
        return self.may_apply(subject_id, on)

    def concerns(self, subject_id: int, institution_scope: int, on: date) -> bool:
        """Whether the person is one the institution may apply for; of another it is told nothing."""
        return True

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """The people an institution may open a case of this item for, to choose from; others are found by number."""
        return ()

    def numbers_of(self, subjects: Sequence[int], on: date) -> Mapping[int, str]:
        """The numbers of the certificates these people have in the register of the item, as far as the reader sees them."""
        return {}

    def own_people(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """Those who work at an institution that may apply, due or not: a typing fault about them is told as what it is."""
        return self.staff(institution_scope, on)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """What the platform knows already, by step and field, to begin a draft with."""
        return {}

    def prefill_for(self, subject_id: int, institution_scope: int) -> dict[str, dict[str, Any]]:
        """The same when this institution applies for the person; it knows its own name and what the platform knows."""
        return self.prefill(subject_id)

    def gather(self, answers: Answers, subject_id: int, on: date) -> Any:
        """Read what the checks need into one plain value; the only place of an item that queries."""
        raise NotImplementedError

    def examine(self, applicant: Any, on: date, unfilled: Collection[str] = ()) -> Findings:
        """Ask every check of the item that is in force on the day; ``unfilled`` steps leave their rules unanswered."""
        return ask(self.checks, applicant, on, unfilled)

    def together(self) -> AbstractContextManager[None]:
        """Around the work on many cases at once: what they share may be read once within it."""
        return nullcontext()

    def gather_many(self, asked: Sequence[tuple[Answers, int]], on: date) -> list[Any]:
        """As ``gather`` for many (answers, subject), in their order; override it to read for all at once."""
        return [self.gather(answers, subject_id, on) for answers, subject_id in asked]

    def with_papers(self, applicant: Any, papers: Sequence[Paper]) -> Any:
        """The same value with what the papers handed in say, where checks weigh that too."""
        return applicant

    def needed_materials(self, applicant: Any, on: date) -> list[Material]:
        """The papers this applicant must attach on this day."""
        return [material for material in self.materials if material.needed(applicant, on)]

    def institution_of(self, answers: Answers, on: date) -> int | None:
        """Scope id of the organisation that confirms or is concerned; nothing while it is not chosen."""
        return None

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """Scope id of the authority that decides; nothing while that cannot be told."""
        return None

    def period_of(self, case: Case) -> WorkingDays | None:
        """The statutory period of this case; none for filings and acts of the authority."""
        return getattr(self, "statutory", None)

    def last_day_of(self, case: Case) -> date | None:
        """The last day of a decision, where a law names one beside the period; nothing where it names none."""
        return None

    def urgent_until(self, case: Case) -> date | None:
        """The day by which a case needs a decision although no period asks for it; nothing where waiting costs no right."""
        return None

    def ran_out(self, case: Case, on: date) -> bool:
        """Whether what is to be continued by silence stood until its last day and was not continued otherwise."""
        return True

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The versions of the register a decision on the case relies on."""
        return ()

    def ahead(self, entries: Sequence[tuple[Case, ChangeInProgress]], on: date) -> None:
        """Read and draw for all at once what ``effect`` will ask for, into memories of ``together``; none is needed."""

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Say the facts a grant creates, inside the deciding transaction, and what to certify and print.

        The change collects what is said and writes it with that of the other cases decided together.
        """
        raise NotImplementedError

    def after(self, cases: Sequence[Case]) -> None:
        """What other rooms must learn within the changes of the cases, such as the public register."""
