"""Adverts of the demonstration city: approvals of two years in every state, and cases at every station of the review.

Texts and samples are invented. Approvals are entered as they stood, in one change a month.
"""

import io
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from yizheng.demo import samples
from yizheng.demo.institutions import Institution
from yizheng.demo.making import Making
from yizheng.documents import certificates
from yizheng.documents.certificates import Draft
from yizheng.kernel.codes import name_of
from yizheng.licensing.answers import Answers
from yizheng.licensing.item import Candidate
from yizheng.licensing.lifecycle import Actor
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.drafting import hand_in
from yizheng.licensing.verbs.enacting import propose
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as
from yizheng.registry import ChangeKind, changing
from yizheng.systems.adverts import approving, publishing
from yizheng.systems.adverts.item import reviewer_of
from yizheng.systems.adverts.models import AdvertApproval, SampleText
from yizheng.systems.adverts.models.approval import REVOKED, SUPERSEDED, TAKEN_BACK, VALID, WITHDRAWN
from yizheng.systems.adverts.review import exceptions
from yizheng.systems.adverts.review.files import SAMPLE
from yizheng.work import approval

APPROVED = 400
"""Approvals of two years."""
_MONTHS = 24
_FATES: Mapping[int, tuple[str, str]] = {
    11: (TAKEN_BACK, "执业许可证的登记事项变更，与审查内容不一致"),
    17: (REVOKED, "发布违法医疗广告情节严重"),
    23: (WITHDRAWN, "医疗机构申请注销"),
    29: (SUPERSEDED, "医疗广告变更重新审查，原文号不再使用"),
}
"""Of how many the one ends so, and why."""
_MEDIA = (
    ("3", "晚报半版"),
    ("7", "官方网站页面"),
    ("5", "公交站灯箱"),
    ("6", "宣传折页"),
    ("4", "周刊内页"),
    ("2", "广播口播"),
    ("1", "电视短片"),
)
_WITH_A_FILM = 19
"""A number whose advert is a broadcast and a film."""
EXCEPTIONS = (
    ("F6", "教授路", "本市道路的名称"),
    ("F6", "院士广场", "本市地点的名称"),
    ("F6", "专家楼", "本院门诊楼的名称"),
)
"""Rule, phrase and reason of what the screening is told to spare; the last one waits for its second person."""
_HOURS = ("周一至周五 8:00-17:00", "每天 8:30-20:30", "24小时", "周二至周日 9:00-18:00")
STATES = (
    CaseState.DRAFT, CaseState.RECEIVED, CaseState.CORRECTING, CaseState.REVIEWING, CaseState.IN_PROCEDURE,
    CaseState.DECIDING, CaseState.GRANTED, CaseState.REFUSED,
)  # fmt: skip
"""Of each a case, by an institution of its own."""


def enter(making: Making) -> None:
    """Everything about adverts."""
    houses = [each for each in making.institutions if each.takes(making.today) and each.kind == "licensed"]
    changing_house = houses[len(STATES)]
    numbers = _past(making, houses, changing_house)
    for house, state in zip(houses, STATES, strict=False):
        _case(making, house, state)
    _change(making, changing_house, numbers)
    _acts(making)
    _exceptions(making)


def _past(making: Making, houses: list[Institution], posted: Institution) -> dict[int, int]:
    """Approvals month by month; what ended, and certificates of what stands. Which number each advert was made of.

    Those of ``posted`` have posters that say their own words.
    """
    by_month: defaultdict[date, list[int]] = defaultdict(list)
    for number in range(APPROVED):
        on = making.today - timedelta(days=5 + number * 30 * _MONTHS // APPROVED)
        by_month[on.replace(day=1)].append(number)
    offices: dict[str, Scope] = {each.category: reviewer_of(each.category) for each in houses}
    numbers: dict[int, int] = {}
    shelf: samples.Shelf = {}
    for month in sorted(by_month):
        with changing(kind=ChangeKind.INTAKE, actor=None, cause="demo", reason="迁入医疗广告审查记录") as change:
            drafts = []
            for number in by_month[month]:
                house = houses[number % len(houses)]
                on = making.today - timedelta(days=5 + number * 30 * _MONTHS // APPROVED)
                answers = Answers(_typed(house, number))
                rows = enumerate(answers["samples"]["samples"], 1)
                files = {
                    at: samples.stored(row["medium"], row["words"], number)
                    if house is posted
                    else samples.shared(row["medium"], number, shelf)
                    for at, row in rows
                }
                version, fields = approving.approve(change, answers, house.subject, offices[house.category], on, files)
                draft = Draft(approving.CERTIFICATE.code, house.subject, version.authority_scope, fields, on, change.id)
                drafts.append((version, draft))
                numbers[version.subject_id] = number
            change.flush()
            certificates.issue_many([draft for version, draft in drafts if version.term_to >= making.today])
    _fates(making)
    publishing.refresh(numbers)
    return numbers


def _fates(making: Making) -> None:
    """Some did not live out their year."""
    standing = AdvertApproval.objects.current().filter(status=VALID).order_by("subject_id")
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="demo", reason="迁入医疗广告审查记录") as change:
        for number, advert in enumerate(list(standing), 1):
            fate = next((each for every, each in _FATES.items() if number % every == 0), None)
            if fate is not None:
                ended = min(advert.valid_from + timedelta(days=60 + number % 90), making.today)
                approving.end(change, advert, ended, *fate)


def _typed(house: Institution, number: int) -> dict[str, dict[str, Any]]:
    """An advert as an operator would file it, with what the platform fills in."""
    licence = house.values()
    finest = [code for code in house.subjects if not any(each.startswith(f"{code}.") for each in house.subjects)]
    names = [name_of("clinical_subject", code) for code in finest[:3]]
    hours, telephone = _HOURS[number % len(_HOURS)], f"010-6055{1000 + number % 9000:04d}"
    words = "\n".join(
        (
            house.name,
            f"地址：{licence['address']}",
            f"诊疗科目：{'、'.join(names)}",
            f"接诊时间：{hours}",
            f"联系电话：{telephone}",
        )
    )
    chosen = [_MEDIA[number % len(_MEDIA)], _MEDIA[(number + 1) % len(_MEDIA)]][: 1 + number % 2]
    rows = [
        {
            "title": title,
            "medium": medium,
            "words": words,
            "duration": samples.SECONDS if medium in "12" else None,
            "place": "",
        }
        for medium, title in chosen
    ]
    film = next((at for at, (medium, _) in enumerate(chosen, 1) if medium == samples.FILM), 0)
    shots = [
        {"sample": film, "shot": shot, "picture": what, "caption": house.name, "voice": "", "seconds": seconds}
        for shot, what, seconds in samples.SHOTS
        if film
    ]
    return {
        "content": {
            "name": house.name, "address": licence["address"], "ownership": licence["ownership"], "category": house.category,
            "subjects": "、".join(names), "beds": licence["beds"], "hours": hours, "telephone": telephone,
            "media_kinds": sorted({medium for medium, _ in chosen}),
        },
        "samples": {"samples": rows, "script": shots},
        "agent": {
            "legal_name": "周远山", "principal_name": "周远山", "agent_name": f"{house.name[:2]}经办", "agent_phone": "13900000002",
            "truth": True,
        },
    }  # fmt: skip


def _case(making: Making, house: Institution, state: CaseState) -> None:
    """An application walked to a state; where something stands against it, a draft."""
    operator = making.operator(house)
    weighed = state in (CaseState.REVIEWING, CaseState.IN_PROCEDURE)
    typed = _typed(house, _WITH_A_FILM if weighed else APPROVED + house.subject)
    if weighed:
        typed["samples"]["objection"] = "“专家”是本院门诊的名称，“欢迎光临”是大门的用语，请审查人员认定。"
        for row in typed["samples"]["samples"]:
            row["words"] += "\n专家门诊　欢迎光临"
    case = _drafted(making, house, "ad_review", typed)
    if state is not CaseState.DRAFT and not making.walker.hindered(case, operator):
        making.walker.walk(case, state, reason="请按审查意见办理。")


def _change(making: Making, house: Institution, numbers: Mapping[int, int]) -> None:
    """An approval that is to be changed, under review: other hours in the words and in the picture."""
    standing = AdvertApproval.objects.current().filter(institution_id=house.subject, status=VALID)
    advert = standing.filter(term_to__gte=making.today).order_by("-term_from", "-subject_id").first()
    if advert is None:
        return
    number = numbers[advert.subject_id]
    typed, former = _typed(house, number), _HOURS[number % len(_HOURS)]
    typed["content"]["hours"] = "每天 7:30-19:30"
    for row in typed["samples"]["samples"]:
        row["words"] = row["words"].replace(former, "每天 7:30-19:30")
    case = _drafted(making, house, "ad_change", {"held": {"number": advert.number, "why": "接诊时间延长"}, **typed})
    if not making.walker.hindered(case, making.operator(house)):
        making.walker.walk(case, CaseState.REVIEWING, reason="样件齐全。")


def _drafted(making: Making, house: Institution, code: str, typed: dict[str, dict[str, Any]]) -> Case:
    """A draft of an institution with the files of its samples."""
    operator = making.operator(house)
    sent = {step: {name: _text(value) for name, value in fields.items()} for step, fields in typed.items()}
    sent["agent"]["truth"] = "on"
    person = Candidate(house.subject, house.name)
    case = making.walker.draft(operator, code, sent, person=person, institution=house.scope)
    _hand_in(case, operator, typed["samples"]["samples"])
    return case


def _hand_in(case: Case, operator: Account, rows: list[dict[str, Any]]) -> None:
    """The files of the samples, and what was read from the pictures."""
    materials = {each.code: each for each in case.item.materials}
    with acting_as(operator):
        for number, row in enumerate(rows, 1):
            name, content = samples.own(row["medium"], row["words"], case.pk)
            paper = hand_in(case, operator, materials[f"{SAMPLE}{number}"], io.BytesIO(content), name)
            if name.endswith(".png"):
                read = {"words": row["words"], "recognised": True}
                SampleText.objects.get_or_create(digest=paper.attachment.digest, defaults=read)


def _text(value: Any) -> Any:
    """A value as a browser sends it."""
    if isinstance(value, list):
        return [_text(each) for each in value]
    if isinstance(value, dict):
        return {name: _text(each) for name, each in value.items()}
    return "" if value is None else str(value)


def _acts(making: Making) -> None:
    """One approval about to be taken back, one to be revoked."""
    standing = AdvertApproval.objects.current().filter(status=VALID, term_to__gte=making.today).order_by("-subject_id")
    ground = {"ground": "unlawful", "document_number": "京市监罚〔2026〕12号", "decided_on": str(making.today)}
    acts: tuple[tuple[str, dict[str, Any]], ...] = (
        ("ad_take_back", {"cause": {"cause": "changed", "details": "地址变更"}}),
        ("ad_revoke", {"ground": ground}),
    )
    for (code, answers), advert in zip(acts, standing, strict=False):
        reviewer = making.desk(advert.authority_scope, Actor.REVIEWER)
        with acting_as(reviewer):
            propose(
                reviewer, code, subject_id=advert.subject_id, subject_name=advert.number,
                authority_scope=advert.authority_scope, evidence="市场监督管理部门移送的线索，已经核实。", answers=answers,
            )  # fmt: skip


def _exceptions(making: Making) -> None:
    """Two phrases that are spared, and a third that waits for its second person."""
    office = reviewer_of("").pk
    reviewer, decider = making.desk(office, Actor.REVIEWER), making.desk(office, Actor.DECIDER)
    for number, (rule, phrase, reason) in enumerate(EXCEPTIONS):
        with acting_as(reviewer):
            asked = exceptions.propose(reviewer, rule, phrase, reason)
        if number < len(EXCEPTIONS) - 1:
            with acting_as(decider):
                approval.approve(asked.pk, decider)
