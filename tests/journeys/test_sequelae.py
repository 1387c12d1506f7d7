"""A day of the consultation: two orthopaedists read both hips beside 2008, each alone, and conclude where they differ."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser import press
from tests.cast import new_account
from tests.journeys.conftest import Actor, Walker
from tests.systems.sequelae.conftest import NUMBERS, entered, hip, hips
from yizheng.demo.hip_pictures import Head, Patient
from yizheng.demo.hip_pictures import hips as hip_pictures
from yizheng.people import vault
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.scope import acting_as, acting_for_organisations
from yizheng.people.scopes import load_jurisdictions
from yizheng.people.signing_in import totp
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.consultation.opining import record
from yizheng.systems.sequelae.images.taking import File, Origin
from yizheng.systems.sequelae.images.taking import take as take_images
from yizheng.systems.sequelae.models import Examination, Round, Source
from yizheng.systems.sequelae.models.images import Way
from yizheng.systems.sequelae.models.opinions import Field
from yizheng.systems.sequelae.office import open_office
from yizheng.systems.sequelae.persons.identities import enter

pytestmark = pytest.mark.django_db(transaction=True)
HERS = "/sequelae/persons/T001/"


def expert(name: str) -> Actor:
    """An orthopaedist with a second factor."""
    account = new_account(AccountKind.EXPERT, name, Role.ORTHOPAEDIST, open_office())
    secret = totp.new_secret()
    totp.enrol(account, secret)
    return Actor(account, secret)


@pytest.fixture
def experts(transactional_db: None) -> tuple[Actor, Actor]:
    """Two orthopaedists, and somebody whose left hip was read in 2008."""
    vault.prepare()
    load_jurisdictions()
    open_office()
    today = timezone.localdate()
    one, other = expert("冯砚秋"), expert("严北辰")
    with acting_for_organisations("旅程测试"):
        (person,) = enter([entered(1, "王芳", "female")])
        early = Round.objects.create(year=2008, organiser="体检中心", starts=date(2008, 9, 1), ends=date(2008, 11, 30))
        Round.objects.create(year=today.year, organiser="体检中心", starts=today, ends=today + timedelta(days=30))
        for year, volume in ((2008, 31.0), (2010, 30.0)):
            of = early if year == 2008 else Round.objects.create(
                year=year, organiser="体检中心", starts=date(year, 9, 1), ends=date(year, 9, 30)
            )  # fmt: skip
            content = {
                "necrosis_vol_l": {"number": volume},
                "height": {"number": 160},
                "fev1": {"number": 2.4},
                "fvc": {"number": 3.0},
            }
            Examination.objects.create(
                person=person, round=of, source=Source.objects.get_or_create(code="center", title="体检中心")[0], on=of.starts,
                sealed=sealing.seal([(person.subject_id, content)])[0],
            )  # fmt: skip
        born = date(1984, 9, 16)
        her = Patient("王芳", "female", born, NUMBERS[0])
        pictures = [
            File("p.dcm", each)
            for on, share in ((date(2008, 9, 2), 40), (today, 33))
            for each in hip_pictures(her, on, {"l": Head(share)}, slices=3)
        ]
        take_images(None, Origin(Way.FILES, "双髋磁共振"), pictures)
    with acting_as(one.account):
        record(one.account, person, early, Field.HIPS, hips(hip(stage="ARCO-1994:II", volume=31.0)))
    return one, other


def read(page: Page, stage: str, volume: str) -> None:
    """Fill in what is seen of the left hip, and that the right one is well."""
    page.select_option("[name=l_stage]", stage)
    page.fill("[name=l_volume]", volume)
    page.fill("[name=l_collapse]", "1.5" if "III" in stage else "0")
    page.fill("[name=r_vas]", "0")
    press(page, "form.hips-form button.btn-primary")


def test_two_orthopaedists_read_both_hips_beside_2008(
    experts: tuple[Actor, Actor], walk: Callable[..., Walker]
) -> None:
    one, other = experts
    first = walk(one)
    expect(first.page.locator("main")).to_contain_text("随访人员")
    first.page.fill("main input[name=q]", "王芳")
    first.page.press("main input[name=q]", "Enter")
    first.page.click("main a:has-text('T001')")
    first.picture("sequelae-consultation")
    first.go(f"{HERS}images/")
    for pane in ("left", "right"):
        expect(first.page.locator(f"[data-pane={pane}] canvas[data-drawn]")).to_be_visible()
    assert first.page.locator("#study-left option:checked").inner_text().startswith("2008-09-02")
    first.page.locator("[data-pane=left] canvas").press("ArrowDown")
    expect(first.page.locator("[data-pane=right] [data-said]")).to_contain_text("第 3／3 幅")
    first.page.click("[data-part=left]")
    assert first.page.evaluate("document.querySelector('canvas').width") == 96
    first.page.click("[data-window=bone]")
    expect(first.page.locator("[data-pane=left] [data-said]")).to_contain_text("窗宽 1800")
    first.page.click("[data-part=all]")
    first.page.click("[data-window=own]")
    first.picture("sequelae-images")
    first.go(HERS)
    first.page.click("text=年骨科意见")
    expect(first.page.locator(".hips-grid")).to_contain_text("2008：ARCO-1994 II")
    first.picture("sequelae-hips")
    read(first.page, "ARCO-2019:II", "30")
    second = walk(other)
    second.go(f"{HERS}hips/")
    assert "ARCO-2019 II" not in second.page.locator(".hips-grid small").all_inner_texts()
    read(second.page, "ARCO-2019:IIIA", "33")
    expect(second.page.locator(".note.warn")).to_contain_text("左髋分期（ARCO-2019 II／ARCO-2019 IIIA）")
    press(second.page, "text=填写结论")
    assert second.page.input_value("[name=l_volume]") == "33"
    assert second.page.input_value("[name=l_stage]") == ""
    second.picture("sequelae-conclusion")
    read(second.page, "ARCO-2019:IIIA", "32")
    expect(second.page.locator(".hip-years tr.joint").first).to_contain_text("ARCO-2019 IIIA")
    expect(second.page.locator(".hip-years tr.joint").first).to_contain_text("已塌陷")
