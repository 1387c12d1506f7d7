"""The walker of the demonstration city among the people of a test."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from PIL import Image

from tests.cast import new_account
from yizheng.demo.walker import Walker
from yizheng.licensing.item import Material
from yizheng.licensing.lifecycle import Actor
from yizheng.licensing.models import Case
from yizheng.licensing.verbs.performing import Outcome, chunks, perform_chunk
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope

PHOTO, PAPER = (354, 472), (800, 600)


@dataclass(frozen=True)
class Desk:
    """The three clerks of one authority."""

    acceptor: Account
    reviewer: Account
    decider: Account


def desk_of(scope: Scope) -> Desk:
    """Three clerks for an authority."""
    roles = (Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER)
    return Desk(*(new_account(AccountKind.CLERK, f"{scope.name}{role}", role, scope) for role in roles))


def picture(size: tuple[int, int] = PHOTO) -> io.BytesIO:
    """A white photo of the right size."""
    content = io.BytesIO()
    Image.new("RGB", size, (255, 255, 255)).save(content, "JPEG")
    content.seek(0)
    return content


def paper(case: Case, material: Material) -> tuple[str, bytes]:
    """A picture for every material."""
    return f"{material.title}.jpg", picture(PHOTO if material.code == "photo" else PAPER).read()


def walker(applicant: Account, operator: Account | None = None, desk: Desk | None = None) -> Walker:
    """Walks cases of the applicant; who is not given plays no part."""
    parts = {Actor.APPLICANT: applicant}
    if operator is not None:
        parts[Actor.INSTITUTION] = operator
    if desk is not None:
        parts |= {Actor.ACCEPTOR: desk.acceptor, Actor.REVIEWER: desk.reviewer, Actor.DECIDER: desk.decider}
    return Walker(lambda case, part: parts[part], paper)


def perform_many(cases: Sequence[Case], verb: str, actor: Account, reason: str = "") -> list[Outcome]:
    """Do a verb to every case in chunks, as a batch does; an outcome for each, in their order."""
    today = timezone.localdate()
    done = [each for chunk in chunks(cases) for each in perform_chunk(chunk, verb, actor, reason=reason, on=today)]
    outcomes = {each.case.pk: each for each in done}
    return [outcomes[case.pk] for case in cases]
