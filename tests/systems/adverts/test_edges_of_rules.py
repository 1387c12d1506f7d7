"""Rules of adverts without a case: who stands on which side of the edge."""

from datetime import timedelta

import pytest

from tests.systems.edges import AFTER, BEFORE, ON, Edge
from yizheng.systems.adverts.acts.barring import FalsePapers
from yizheng.systems.adverts.acts.revoking import Revoked
from yizheng.systems.adverts.acts.taking_back import Taken
from yizheng.systems.adverts.review.files import SampleFile
from yizheng.systems.adverts.review.filing import Filing, Held, Spared
from yizheng.systems.adverts.review.rules import CONTENT
from yizheng.systems.adverts.screening.licence import AdvertLicence

LICENCE = AdvertLicence("北京澄怀眼科医院", ("澄怀视光",), "澄怀路 8 号", "私人", "眼科医院", ("眼科",), 20)
CODES = {"ownership": "3", "category": "A512", "subjects": ["10"], "beds": 20}


def filing(**more):
    said = {
        "name": LICENCE.name, "address": LICENCE.address, "ownership": "3", "category": "A512", "subjects": "眼科", "beds": 20,
        "hours": "8:00-17:00", "telephone": "010-60551208", "media": ["3"], "samples": [sample()], "licence": LICENCE,
        "licensed_codes": CODES, "institution": 7,
    }  # fmt: skip
    return Filing(**{**said, **more})


def sample(medium="3", words="北京澄怀眼科医院 眼科", duration=None):
    return {"title": "样件", "medium": medium, "words": words, "duration": duration}


def shot(seconds=15, sample=1, caption="北京澄怀眼科医院"):
    return {"sample": sample, "shot": "1", "picture": "门头", "caption": caption, "voice": "", "seconds": seconds}


def held(institution=7, status="valid"):
    return Held(number="(京)医广〔2026〕第01-05-01号", institution=institution, status=status, term_to=ON)


def file(media_type="image/png", words="北京澄怀眼科医院 眼科", number=1, recognised=False):
    return SampleFile(number, "样件", media_type, "0" * 64, words, recognised)


EDGES = [
    Edge(
        "A-LICENCE", [filing()], [filing(hindrance="停业整顿"), filing(hindrance="暂缓校验", status="check_suspended")]
    ),
    Edge("A-BAN", [filing(), filing(barred_until=BEFORE)], [filing(barred_until=ON), filing(barred_until=AFTER)]),
    Edge(
        "A-SAME",
        [
            filing(),
            filing(subjects=""),
            filing(licence=None),
            filing(checked_to=ON, check_due=ON),
            filing(subjects="内科、呼吸内科专业", licensed_codes={**CODES, "subjects": ["03", "03.01", "03.02"]}),
        ],
        [
            filing(name="澄怀视光"),
            filing(address="澄怀路 9 号"),
            filing(ownership="1"),
            filing(category="A100"),
            filing(beds=21),
            filing(subjects="眼科、外科"),
            filing(checked_to=BEFORE, check_due=ON),
            filing(subjects="内科", licensed_codes={**CODES, "subjects": ["03", "03.01", "03.02"]}),
        ],
    ),
    Edge(
        "A-MEDIA",
        [filing(), filing(media=["1"], samples=[sample("1", duration=15)])],
        [
            filing(media=["3", "7"]),
            filing(media=["3"], samples=[sample(), sample("7")]),
            filing(media=["1"], samples=[sample("1")]),
            filing(media=["2"], samples=[sample("2")]),
        ],
    ),
    Edge(
        "A-SCRIPT",
        [filing(), filing(samples=[sample("1", duration=15)], script=[shot(10), shot(5)])],
        [filing(samples=[sample("1")]), filing(samples=[sample("1", duration=15)], script=[shot(10)])],
    ),
    Edge(
        "A-FILE",
        [
            filing(),
            filing(files=[file()]),
            filing(samples=[sample("1", duration=15)], files=[file("video/webm", None)]),
            filing(samples=[sample("2", duration=15)], files=[file("text/plain")]),
            filing(files=[file("video/webm", number=2)]),
        ],
        [
            filing(files=[file("audio/wav")]),
            filing(samples=[sample("2", duration=15)], files=[file("video/mp4")]),
            filing(samples=[sample("1", duration=15)], files=[file("image/png")]),
        ],
    ),
    Edge(
        "A-DOC",
        [filing(), filing(files=[file()]), filing(files=[file(words="", number=2)])],
        [filing(files=[file(words=None)]), filing(files=[file(words="")]), filing(files=[file("video/mp4", None)])],
    ),
    Edge(
        "A-SCREEN",
        [
            filing(),
            filing(script=[shot()]),
            filing(licence=None, hours="根治"),
            filing(
                samples=[sample(words="北京澄怀眼科医院 专家路")],
                exceptions=[Spared("F6", "专家路"), Spared("OUT", "路")],
            ),
        ],
        [
            filing(samples=[sample(words="北京澄怀眼科医院 根治")]),
            filing(samples=[sample(words="北京澄怀眼科医院 欢迎光临")]),
            filing(script=[shot(caption="专家坐诊")]),
            filing(hours="三天见效"),
            filing(files=[file(words="北京澄怀眼科医院 根治")]),
            filing(samples=[sample(words="北京澄怀眼科医院 专家 专家路")], exceptions=[Spared("F6", "专家路")]),
        ],
    ),
    Edge(
        "A-HELD",
        [filing(), filing(held_number="1", held=held()), filing(held_number="1", held=held(status="expired"))],
        [
            filing(held_number="1"),
            filing(held_number="1", held=held(institution=8)),
            filing(held_number="1", held=held(status="taken_back")),
        ],
    ),
    Edge(
        "A-TAKEN",
        [Taken(cause="closed"), Taken(cause="other", details="另有情形")],
        [Taken(cause="closed", status="expired"), Taken(cause="other")],
    ),
    Edge(
        "A-FALSE",
        [FalsePapers(), FalsePapers(barred_until=BEFORE)],
        [FalsePapers(barred_until=ON), FalsePapers(barred_until=AFTER)],
    ),
    Edge(
        "A-REVOKED",
        [
            Revoked(ground="serious", decided_on=ON, term_from=ON),
            Revoked(ground="tcm_deviation", organ="tcm", status="expired"),
        ],
        [
            Revoked(ground="serious", status="revoked"),
            Revoked(ground="serious", decided_on=ON - timedelta(days=1), term_from=ON),
            Revoked(ground="tcm_deviation", organ="health"),
        ],
    ),
]


@pytest.mark.parametrize("edge", EDGES, ids=str)
def test_each_rule_finds_what_lies_beyond_its_edge(edge):
    edge.hold()


def test_a_row_that_is_only_begun_is_no_fault_of_the_rules():
    begun = filing(
        samples=[{"medium": "1"}], script=[{"shot": "1"}], files=[file("audio/wav"), file("video/mp4", None)]
    )
    assert {each.code for check in CONTENT for each in check(begun, ON)} >= {"A-MEDIA", "A-FILE"}
