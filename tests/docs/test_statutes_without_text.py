"""What is cited without its official text stands in the open questions, and no law or regulation is among it."""

from tests.docs.pages import DOCS
from yizheng.kernel.statutes import statutes

OF_WHICH_THE_TEXT_IS_KNOWN = ("主席令", "国务院令", "国务院、", "北京市人民代表大会")


def test_every_rule_of_a_ministry_is_listed_as_cited_without_its_text() -> None:
    said = (DOCS / "open-questions.md").read_text("utf-8").partition("## 没有取得正式文本")[2]
    listed = {line.split("《", 1)[1].rpartition("》")[0] for line in said.splitlines() if line.startswith("| 《")}
    cited = {
        each.title for each in statutes().values() if not each.document_number.startswith(OF_WHICH_THE_TEXT_IS_KNOWN)
    }
    assert listed == cited
    assert f"下列 {len(cited)} 个文件" in said
