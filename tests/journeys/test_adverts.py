"""Days of adverts: three samples and one word too many; twelve hits and an expert; a newspaper checks, and the licence stops."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import press
from tests.cast import Place
from tests.journeys.conftest import PHONE, Actor, Walker
from tests.journeys.papers import proof
from tests.journeys.test_first_registration import number_of_the_case
from tests.journeys.test_nurses import act
from tests.systems.adverts.conftest import WORDS, filed, licensed, two_reviewers, walker
from tests.systems.adverts.test_samples import give
from tests.walking import Desk
from yizheng.demo.samples import film_of, png, poster
from yizheng.licensing.cases import examining
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.reviewing import dispose
from yizheng.people import vault
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.people.scopes import city as city_scope
from yizheng.people.scopes import jurisdiction, load_jurisdictions
from yizheng.people.signing_in import totp
from yizheng.registry import ChangeKind, changing
from yizheng.systems.adverts.models import PublicAdvert
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.standing import restate

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()


@dataclass(frozen=True)
class Organ:
    """A hospital and the organ that reviews its adverts."""

    place: Place
    desk: Desk
    colleague: Account

    def signed(self, account: Account) -> Actor:
        """The account with a second factor."""
        secret = totp.new_secret()
        totp.enrol(account, secret)
        return Actor(account, secret)


@pytest.fixture
def organ(transactional_db: None) -> Organ:
    vault.prepare()
    load_jurisdictions()
    desk = two_reviewers(city_scope())
    colleague = Account.objects.filter(grants__role=Role.REVIEWER).exclude(pk=desk.reviewer.pk).get()
    return Organ(licensed(), desk, colleague)


def three_samples(page: Page, folder: Path, words: str) -> None:
    """A picture, a film with its script, a page of the web."""
    page.fill("[name=content-hours]", "周一至周日 8:00-17:00")
    page.fill("[name=content-telephone]", "010-60551208")
    for medium in ("1", "3", "7"):
        page.check(f"[name=content-media_kinds][value='{medium}']")
    for row, (title, medium, said) in enumerate((("晚报半版", "3", words), ("短片", "1", WORDS), ("网页", "7", WORDS))):
        if not page.locator(f"[name=samples-samples-{row}-title]").count():
            press(page, "button[value=stay]")
        page.fill(f"[name=samples-samples-{row}-title]", title)
        page.select_option(f"[name=samples-samples-{row}-medium]", medium)
        page.fill(f"[name=samples-samples-{row}-words]", said)
    page.fill("[name=samples-samples-1-duration]", "15")
    shot = {"sample": "2", "shot": "1", "picture": "门头", "caption": "北京澄怀眼科医院", "seconds": "15"}
    for name, value in shot.items():
        page.fill(f"[name=samples-script-0-{name}]", value)
    for name, value in (
        ("legal_name", "周远山"),
        ("principal_name", "周远山"),
        ("agent_name", "林知遥"),
        ("agent_phone", "13900000002"),
    ):
        page.fill(f"[name=agent-{name}]", value)
    page.check("[name=agent-truth]")
    press(page, "button[value=stay]")
    picture, web, film = folder / "半版.png", folder / "网页.png", folder / "短片.webm"
    picture.write_bytes(png(poster(words, 0)))
    web.write_bytes(png(poster(WORDS, 1)))
    film.write_bytes(film_of(WORDS))
    files = {
        "application": proof(folder, "申请表"), "licence_copy": proof(folder, "副本"), "sample_1": picture, "sample_2": film,
        "sample_3": web,
    }  # fmt: skip
    for name, path in files.items():
        page.set_input_files(f"input[type=file][name={name}]", path)
        expect(page.locator("#materials")).to_contain_text(path.name)


def test_an_operator_files_three_samples_and_is_refused_for_one_word(organ: Organ, walk: Any, tmp_path: Path) -> None:
    operator: Walker = walk(Actor(organ.place.operator))
    operator.go("/my/")
    operator.page.click("form[action$='/apply/ad_review/'] button")
    three_samples(operator.page, tmp_path, f"{WORDS}\n根治")
    expect(operator.page.locator("#results")).to_contain_text("【根治】")
    operator.picture("adverts-form")
    operator.page.fill("[name=samples-objection]", "本院院训用语")
    expect(operator.page.locator("#blocked")).to_be_empty()
    operator.page.click("button[value=submit]")
    expect(operator.page.locator("main")).to_contain_text("待受理")
    number = number_of_the_case()
    act(walk(organ.signed(organ.desk.acceptor)), number, "accept")
    reviewer: Walker = walk(organ.signed(organ.desk.reviewer))
    reviewer.go(f"/desk/cases/{number}/")
    reviewer.picture("adverts-case")
    reviewer.page.click("text=审看样件")
    expect(reviewer.page.locator(".sample-words mark").first).to_contain_text("根治")
    reviewer.picture("adverts-viewer")
    reviewer.page.click("article.finding:has(h3:has-text('“根治”')) button[value=accept] >> nth=0")
    reviewer.page.fill("#dispose-reason", "隐含保证治愈")
    reviewer.page.click("#dispose [data-confirm]")
    expect(reviewer.page.locator("article.finding.ok").first).to_contain_text("采信")
    reviewer.go(f"/adverts/cases/{number}/samples/?sample=2")
    film = reviewer.page.locator("video")
    film.evaluate(
        "media => new Promise(done => media.readyState ? done() : media.addEventListener('loadedmetadata', done))"
    )
    reviewer.page.click("[data-step='1']")
    expect(reviewer.page.locator("[data-time]")).to_contain_text("第 2 帧")
    reviewer.picture("adverts-film")
    act(reviewer, number, "propose_refusal")
    act(walk(organ.signed(organ.desk.decider)), number, "refuse")
    operator.go(f"/my/cases/{number}/")
    expect(operator.page.locator("main")).to_contain_text("不予许可")


def test_two_reviewers_clear_twelve_hits_an_expert_is_asked_and_a_newspaper_checks(organ: Organ, walk: Any) -> None:
    rows = [
        {
            "title": title,
            "medium": "3",
            "words": f"{WORDS}\n专家　教授　武警　神医　最好　无痛",
            "duration": "",
            "place": "",
        }
        for title in ("晚报半版", "晨报整版")
    ]
    samples = {"samples": rows, "script": [], "objection": "均为地名"}
    case = filed(organ.place, organ.desk, content={"media_kinds": ["3"]}, samples=samples)
    for number in (1, 2):
        give(case, organ.place, number, png(Image.new("RGB", (300, 200), "white")), "半版.png")
    case = walker(organ.place, organ.desk).walk(case, CaseState.REVIEWING)
    reviewer: Walker = walk(organ.signed(organ.desk.reviewer))
    act(reviewer, case.number, "start_procedure")
    act(reviewer, case.number, "end_procedure")
    colleague: Walker = walk(organ.signed(organ.colleague))
    colleague.go(f"/adverts/cases/{case.number}/samples/")
    colleague.picture("adverts-hits")
    colleague.page.locator("article.finding:has(h3:has-text('“教授”')) button[value=reject]").click()
    colleague.page.fill("#dispose-reason", "地名")
    colleague.page.click("#dispose [data-confirm]")
    expect(colleague.page.locator("article.finding.ok").first).to_contain_text("教授")
    _clear(case, organ.desk.reviewer, at_least=12)
    act(colleague, case.number, "concur")
    act(reviewer, case.number, "pass_review")
    act(walk(organ.signed(organ.desk.decider)), case.number, "grant")
    newspaper: Walker = walk()
    newspaper.page.set_viewport_size(PHONE)
    newspaper.go("/public/adverts/")
    printed = PublicAdvert.objects.get().number.replace("〔", "【").replace("〕", "】").replace("(京)", "京")
    newspaper.page.fill("#advert-q", f"广告审查证明文号：{printed}")
    newspaper.page.click("main button")
    newspaper.picture("adverts-public-list")
    newspaper.page.click("main table a")
    expect(newspaper.page.locator("main")).to_contain_text("可以按批准的样件发布")
    newspaper.picture("adverts-public")
    with acting_as_system("旅程测试"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        restate(change, Held(organ.place.subject.pk, TODAY), "closed_temp", jurisdiction("110108"))
    newspaper.page.reload()
    expect(newspaper.page.locator("main")).to_contain_text("已收回")
    expect(newspaper.page.locator("main")).not_to_contain_text("文件摘要")


def _clear(case: Case, reviewer: Account, at_least: int) -> None:
    """The rest of the hits."""
    with acting_as(reviewer):
        standing = examining.examine(case, TODAY)
        hits = [each for each in standing.findings.advice if each.code == "A-SCREEN"]
        assert len(hits) >= at_least
        for each in standing.open_advice:
            dispose(case, reviewer, each.code, accepted=False, reason="地名", message=each.message)
