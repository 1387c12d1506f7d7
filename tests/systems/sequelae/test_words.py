"""Findings of loaded words, and words the dictionary does not know: two persons map them for what was and will be read."""

import pytest
from django.test import Client

from tests.cast import sign_in
from tests.systems.sequelae.conftest import NUMBERS, Office
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.scope import acting_as
from yizheng.systems.sequelae.examinations import taking
from yizheng.systems.sequelae.examinations.taking import Sent
from yizheng.systems.sequelae.findings import keeping
from yizheng.systems.sequelae.models import Batch, FindingRow

TEXT = "双侧股骨头坏死，未见骨折。左膝皮肤大疱样改变，心肺未见异常"


def load(office: Office, keeper: Account, other: Account, text: str, number: str = NUMBERS[0]) -> Batch:
    heads = ("姓名", "身份证号", "检查所见")
    with acting_as(keeper):
        rows = [(2, dict(zip(heads, ("王芳", number, text), strict=True)))]
        batch = taking.take(
            keeper, office.source, office.now, Sent("a.csv", text.encode() + number.encode(), heads, rows)
        )
    with acting_as(other):
        assert taking.load(other, batch) == (1, 0)
    return batch


@pytest.mark.parametrize(
    ("text", "clauses"),
    [(TEXT, ["左膝皮肤大疱样改变"]), ("双肺纹理清晰", []), ("股骨头坏死", []),
     ("建议复查，无不适", []), ("口腔黏膜白斑 ；", ["口腔黏膜白斑"])],
)  # fmt: skip
def test_what_the_dictionary_does_not_know_is_told(text: str, clauses: list[str]) -> None:
    assert keeping.unknown(text) == clauses


@pytest.mark.django_db
def test_two_persons_map_words_for_what_was_and_will_be_read(office: Office) -> None:
    keeper, other = office.staff[Role.COHORT_KEEPER], office.another(Role.COHORT_KEEPER)
    load(office, keeper, other, TEXT)
    with acting_as(keeper):
        assert FindingRow.objects.filter(certainty="present", side__in=("left", "right")).count() == 2
        (waiting,) = keeping.waiting(keeper)
        assert (waiting.words, waiting.count) == ("左膝皮肤大疱样改变", 1)
        with pytest.raises(keeping.Refused, match="标准术语"):
            keeping.propose(keeper, waiting.key, "XX")
        keeping.propose(keeper, waiting.key, "PF002")
        with pytest.raises(keeping.Refused, match="另一人"):
            keeping.agree(keeper, waiting.key)
    with acting_as(other):
        assert keeping.agree(other, waiting.key) == 1
        assert keeping.waiting(other) == []
    load(office, keeper, other, TEXT, NUMBERS[1])
    with acting_as(other):
        assert keeping.waiting(other) == []
        assert FindingRow.objects.filter(by_hand=True, code="PF002").count() == 2


@pytest.mark.django_db
def test_the_page_lists_proposes_and_agrees(client: Client, office: Office) -> None:
    keeper, other = office.staff[Role.COHORT_KEEPER], office.another(Role.COHORT_KEEPER)
    load(office, keeper, other, TEXT)
    with acting_as(keeper):
        key = keeping.waiting(keeper)[0].key
    sign_in(client, keeper)
    assert "左膝皮肤大疱样改变" in client.get("/sequelae/words/").content.decode()
    assert client.post("/sequelae/words/", {"key": str(key), "code": ""}).status_code == 422
    assert client.post("/sequelae/words/", {"key": str(key), "code": "-"}).status_code == 302
    sign_in(client, other)
    assert client.post("/sequelae/words/", {"key": str(key), "verb": "agree"}).status_code == 302
    assert "没有待认定的文字" in client.get("/sequelae/words/").content.decode()
    sign_in(client, office.staff[Role.ORTHOPAEDIST])
    assert "阳性体征" in client.get(office.people[0].get_absolute_url()).content.decode()
