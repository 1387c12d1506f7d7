"""Articles: two persons publish, drafts stay inside, what names a person or acts by itself stays out."""

import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import new_account, sign_in
from yizheng.disclosure.content import editing
from yizheng.disclosure.content.editing import NotPossible, Written
from yizheng.disclosure.content.models import Article, ArticleVersion, PublicArticle
from yizheng.disclosure.content.scanning import DOCX, faults_of_text, holds_person, scanned
from yizheng.disclosure.content.writing import Block, blocks
from yizheng.documents.attachments import RefusedFile
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.work import approval
from yizheng.work.approval import ApprovalRefused
from yizheng.work.models import Approval

MOBILE = "13800000000"


def test_lines_become_paragraphs_headings_lists_and_tables() -> None:
    text = "各医院：\n请按时上报。\n\n## 要求\n- 零报告\n- 及时\n| 级 | 小时 |\n|---|---|\n| 区 | 12 |"
    assert list(blocks(text)) == [
        Block("text", ("各医院：", "请按时上报。")),
        Block("heading", ("要求",)),
        Block("list", ("零报告", "及时")),
        Block("table", head=("级", "小时"), rows=(("区", "12"),)),
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"联系 {MOBILE}", True), ("联系 138 0000 0000", True), ("联系 138-0000-0000", True), ("１３８００００００００", True),
        ("电话 010-12345678", False), ("2026-11-30 至 2026-12-31", False), ("11010819900101000", False),
    ],
)  # fmt: skip
def test_a_number_of_a_person_is_found_however_it_is_written(text: str, named: bool) -> None:
    assert holds_person(text) is named


def test_the_editor_is_told_the_line() -> None:
    assert faults_of_text("通知", f"第一行\n联系 {MOBILE}") == ["正文第 2 行有证件号码或者手机号码"]
    assert faults_of_text(MOBILE, "好") == ["标题里有证件号码或者手机号码"]
    assert faults_of_text("通知", "138\n0000\n0000") == ["正文跨行的数字连起来是证件号码或者手机号码"]


def office(**parts: str) -> bytes:
    """A Word file of these parts."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:t>表式</w:t>", **parts}.items():
            archive.writestr(name, text)
    return made.getvalue()


def test_a_plain_word_file_may_be_published() -> None:
    link = '<Relationship Type="http://x/relationships/hyperlink" TargetMode="External"/>'
    assert scanned(office(**{"word/_rels/document.xml.rels": link}), "表式.docx") == DOCX


@pytest.mark.parametrize(
    "parts",
    [
        {"word/vbaProject.bin": "x"}, {"word/embeddings/a.xlsx": "x"}, {"word/activeX/activeX1.xml": "x"},
        {"word/_rels/document.xml.rels": '<Relationship Type="http://x/attachedTemplate" TargetMode="External"/>'},
        {"word/document.xml": f"<w:t>{MOBILE[:5]}</w:t><w:t>{MOBILE[5:]}</w:t>"},
        {"word/comments.xml": f"<w:t>{MOBILE}</w:t><w:t>2</w:t>"},
    ],
)  # fmt: skip
def test_macros_other_files_outward_links_and_hidden_numbers_are_refused(parts: dict[str, str]) -> None:
    with pytest.raises(RefusedFile):
        scanned(office(**parts), "表式.docx")


def test_what_is_no_office_file_is_refused() -> None:
    for content, name in ((b"x", "a.docx"), (b"MZ\x90\x00", "a.exe"), (b"", "a.pdf"), (office(), "a.pdf")):
        with pytest.raises(RefusedFile):
            scanned(content, name)


@pytest.fixture
def second(city: Scope) -> Account:
    return new_account(AccountKind.CLERK, "另一编辑", Role.EDITOR, city)


def written(**more: Any) -> Written:
    return Written(**{"site": "platform", "section": "notices", "title": "假期安排", "body": "窗口休息。", **more})


def published(editor: Account, second: Account, **more: Any) -> Article:
    article = editing.begin(editor, written(**more))
    approval.approve(editing.propose(article, editor, "已核对").pk, second)
    article.refresh_from_db()
    return article


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    return answer.content.decode() if answer.status_code == 200 else ""


@pytest.mark.django_db
class TestTwoPersons:
    """From draft to what visitors read."""

    def test_visitors_read_an_article_when_a_second_person_agreed(
        self, client: Client, editor: Account, second: Account
    ) -> None:
        article = editing.begin(editor, written())
        asked = editing.propose(article, editor, "已核对")
        assert "假期安排" not in read(client, "/public/notices/")
        with pytest.raises(ApprovalRefused, match="另一人"):
            approval.approve(asked.pk, editor)
        approval.approve(asked.pk, second)
        for path in (
            "/public/notices/",
            "/public/notices/?q=窗口",
            "/public/sites/platform/",
            "/",
            f"/public/notices/{article.pk}/",
        ):
            assert "假期安排" in read(client, path), path
        assert "假期安排" not in read(client, "/public/notices/?q=无关")

    def test_a_later_change_stays_inside_until_it_is_agreed_to(
        self, client: Client, editor: Account, second: Account
    ) -> None:
        article = published(editor, second)
        editing.save(article, editor, written(body="窗口照常。"), article.revision)
        assert "窗口休息" in read(client, f"/public/notices/{article.pk}/")
        approval.approve(editing.propose(article, editor, "更正").pk, second)
        assert "窗口照常" in read(client, f"/public/notices/{article.pk}/")
        assert [each.body for each in ArticleVersion.objects.filter(article=article)] == ["窗口照常。", "窗口休息。"]

    def test_one_person_withdraws_at_once_and_the_version_stays(
        self, client: Client, editor: Account, second: Account
    ) -> None:
        article = published(editor, second)
        editing.withdraw(article, second, "有误")
        assert read(client, f"/public/notices/{article.pk}/") == ""
        assert ArticleVersion.objects.filter(article=article).count() == 1
        with pytest.raises(NotPossible, match="没有公开"):
            editing.withdraw(article, second, "再撤")

    def test_an_article_is_shown_from_its_first_to_its_last_day(self, editor: Account, second: Account) -> None:
        today = timezone.localdate()
        published(editor, second, shown_from=today, shown_until=today + timedelta(days=3))
        on_view = [PublicArticle.objects.shown(today + timedelta(days=n)).count() for n in (-1, 0, 3, 4)]
        assert on_view == [0, 1, 1, 0]

    def test_what_names_a_person_is_not_even_proposed(self, editor: Account) -> None:
        article = editing.begin(editor, written(body=f"联系 {MOBILE}"))
        with pytest.raises(NotPossible, match="第 1 行"):
            editing.propose(article, editor, "已核对")

    def test_a_waiting_article_stands_still_and_a_rejected_one_is_written_on(
        self, editor: Account, second: Account
    ) -> None:
        article = editing.begin(editor, written())
        asked = editing.propose(article, editor, "已核对")
        with pytest.raises(NotPossible, match="驳回以后"):
            editing.save(article, editor, written(body="另写。"), article.revision)
        approval.reject(asked.pk, second, "日期有误")
        editing.save(article, editor, written(body="另写。"), article.revision)
        with pytest.raises(NotPossible, match="别人刚刚改过"):
            editing.save(article, editor, written(body="又写。"), 0)

    def test_a_change_behind_the_proposal_is_not_signed(self, editor: Account, second: Account) -> None:
        article = editing.begin(editor, written())
        asked = editing.propose(article, editor, "已核对")
        Article.objects.filter(pk=article.pk).update(revision=7)
        with pytest.raises(ApprovalRefused, match="又有改动"):
            approval.approve(asked.pk, second)
        assert not PublicArticle.objects.exists()
        assert Approval.objects.waiting().filter(pk=asked.pk).exists()

    def test_a_file_goes_out_with_its_version(self, client: Client, editor: Account, second: Account) -> None:
        article = editing.begin(editor, written())
        content = office()
        kept = editing.attach(article, editor, BytesIO(content), "报告表.docx")
        with pytest.raises(NotPossible, match="已经附上"):
            editing.attach(article, editor, BytesIO(content), "报告表.docx")
        approval.approve(editing.propose(article, editor, "已核对").pk, second)
        editing.detach(article, editor, kept.pk)
        answer = client.get(f"/public/notices/{article.pk}/files/0/")
        assert (answer.status_code, answer.getvalue()) == (200, content)
        assert client.get(f"/public/notices/{article.pk}/files/1/").status_code == 404

    def test_nobody_else_writes(self, acceptor: Account, client: Client, editor: Account) -> None:
        with pytest.raises(NotPossible, match="网站编辑"):
            editing.begin(acceptor, written())
        assert sign_in(client, acceptor).get("/content/").status_code == 403
        assert sign_in(client, editor).get("/content/").status_code == 200

    def test_the_page_of_an_article_takes_every_verb(self, client: Client, editor: Account, second: Account) -> None:
        page = sign_in(client, editor)
        typed = {
            "place": "platform:notices",
            "title": "停电通知",
            "body": "当日不办理。",
            "shown_from": "",
            "shown_until": "",
        }
        assert page.post("/content/new/", {**typed, "body": ""}).status_code == 422
        at = page.post("/content/new/", typed)["Location"]
        assert page.post(f"{at}act/", {**typed, "verb": "save", "revision": "5"}).status_code == 422
        assert page.post(f"{at}act/", {**typed, "verb": "save", "revision": "0"}).status_code == 302
        assert page.post(f"{at}act/", {"verb": "attach"}).status_code == 422
        assert page.post(f"{at}act/", {"verb": "propose", "reason": "已核对"}).status_code == 302
        assert "等另一位编辑批准" in read(page, at)
        asked = Approval.objects.waiting().get()
        assert "当日不办理" in read(sign_in(Client(), second), f"/work/approvals/{asked.pk}/")
        approval.approve(asked.pk, second)
        assert "第 1 版" in read(page, at)
        assert "当日不办理" in read(page, f"{at}versions/1/")
        assert page.post(f"{at}act/", {"verb": "withdraw", "reason": "有误"}).status_code == 302
        assert page.post(f"{at}act/", {"verb": "other"}).status_code == 404
