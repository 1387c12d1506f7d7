"""Articles of the demonstration's public sites: published by two editors, one waiting, one with a change, one withdrawn."""

import tomllib
from pathlib import Path

from yizheng.demo import sign_ins
from yizheng.disclosure.content import editing
from yizheng.disclosure.content.editing import Written
from yizheng.people.models import Account
from yizheng.work import approval

_FILE = Path(__file__).parent / "data" / "articles.toml"


def write() -> None:
    """All of them."""
    writer, second = (Account.objects.get(username=username) for username, _ in sign_ins.EDITORS)
    for row in tomllib.loads(_FILE.read_text("utf-8"))["article"]:
        article = editing.begin(writer, Written(row["site"], row["section"], row["title"], row["body"].strip()))
        if row["state"] == "draft":
            continue
        asked = editing.propose(article, writer, "已核对内容")
        if row["state"] == "waiting":
            continue
        approval.approve(asked.pk, second, "同意")
        article.refresh_from_db()
        if row["state"] == "changed":
            body = f"{row['body'].strip()}\n\n{row['change']}"
            editing.save(article, writer, Written(article.site, article.section, article.title, body), article.revision)
        if row["state"] == "withdrawn":
            editing.withdraw(article, second, "表式已有新版")
