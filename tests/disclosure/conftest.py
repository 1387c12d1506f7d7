"""Public entries for the tests of this room: one of each standing, made without any upper room."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from yizheng.disclosure.models import PublicInstitution, PublicPractitioner
from yizheng.disclosure.publishing import publish
from yizheng.disclosure.records import Milestone, Period, PracticePlace, PracticeScope, PractitionerRecord
from yizheng.disclosure.standings import Standing

NUMBER = "110110108004217"


def doctor(subject: int, name: str, number: str = NUMBER, institution: str = "北京安和医院") -> PractitionerRecord:
    """A registered doctor with a history."""
    return PractitionerRecord(
        subject=subject,
        name=name,
        sex="女",
        level="执业医师",
        category="临床",
        place="北京市",
        authority="北京市卫生健康委员会",
        practice_number=number,
        first_registered=date(2016, 9, 8),
        scopes=(PracticeScope("内科专业"), PracticeScope("全科医学专业", date(2025, 5, 19))),
        main=PracticePlace(9001, institution, date(2021, 6, 15)),
        others=(
            PracticePlace(9002, "海淀区青禾社区卫生服务中心", date(2023, 3, 1)),
            PracticePlace(9003, "北京云杉互联网医院", date(2020, 1, 1), date(2021, 1, 1)),
        ),
        periods=(
            Period(Standing.REGISTERED, date(2016, 9, 8), date(2021, 6, 15), "北京清源医院", ("内科专业",)),
            Period(
                Standing.REGISTERED, date(2021, 6, 15), institution=institution, scopes=("内科专业", "全科医学专业")
            ),
        ),
        milestones=(
            Milestone(date(2016, 9, 8), "首次注册：北京清源医院"),
            Milestone(date(2021, 6, 15), "变更主要执业机构：北京清源医院 → 北京安和医院"),
        ),
    )


def standing(record: PractitionerRecord, standing: Standing) -> PractitionerRecord:
    """The same doctor, standing so since last week."""
    since = timezone.localdate() - timedelta(days=7)
    before = replace(record.periods[-1], until=since)
    return replace(record, periods=(*record.periods[:-1], before, Period(standing, since)))


def house(subject: int = 9001, name: str = "北京安和医院", in_force: bool = True) -> PublicInstitution:
    """An institution."""
    return PublicInstitution(
        subject=subject,
        name=name,
        category="综合医院",
        district="海淀区",
        authority="海淀区卫生健康委员会",
        in_force=in_force,
        valid_from=date(2001, 1, 1),
    )


@pytest.fixture
def published(db: None) -> PublicPractitioner:
    """林知夏 of 安和医院 and her institution."""
    publish("doctor", [doctor(101, "林知夏")])
    publish("institution", [house()])
    assert PublicInstitution.objects.count() == 1
    return PublicPractitioner.objects.get(subject=101)
