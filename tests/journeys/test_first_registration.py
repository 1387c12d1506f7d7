"""A new doctor is registered, certified and found by the public; others are refused, corrected, withdrawn."""

from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.conftest import HOSPITAL, NAME, City, Walker
from tests.journeys.papers import photo, proof
from yizheng.documents.models import Certificate
from yizheng.documents.paper import qr
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system

pytestmark = pytest.mark.django_db(transaction=True)


def fill_form(doctor: Walker, folder: Path) -> None:
    """Everything the form asks of somebody who has just qualified."""
    page = doctor.page
    page.select_option("[name=person-ethnic_group]", "01")
    page.fill("[name=person-mobile]", "13800000172")
    page.select_option("[name=education-level]", index=3)
    page.select_option("[name=education-learning_form]", index=1)
    page.fill("[name=education-school]", "华北示范医科大学")
    page.fill("[name=education-major]", "临床医学")
    page.fill("[name=education-graduated_on]", "2024年6月30日")
    page.fill("[name=practice-institution]", HOSPITAL)
    page.select_option("[name=practice-scope]", label="全科医学专业")
    page.select_option("[name=practice-employment]", index=1)
    page.fill("[name=practice-employed_from]", "2026/10/08")
    page.fill("[name=practice-employer_as_sealed]", HOSPITAL)
    page.check("[name=declaration-health][value=fit]")
    page.check("[name=declaration-criminal_record][value=no]")
    page.check("[name=declaration-ban][value=no]")
    page.check("[name=declaration-truth]")
    page.set_input_files("input[type=file][name=photo]", photo(folder))
    expect(page.locator("#materials")).to_contain_text("photo-white.jpg")
    page.set_input_files("input[type=file][name=employment_proof]", proof(folder, "聘用证明"))
    expect(page.locator("#materials")).to_contain_text("聘用证明.pdf")
    expect(page.locator("#blocked")).to_be_empty()


def number_of_the_case() -> str:
    with acting_as_system("旅程测试"):
        return Case.objects.order_by("-id").values_list("number", flat=True)[0]


def printed_on_the_certificate() -> str:
    """The path of the address in the QR code of the newest certificate."""
    with acting_as_system("旅程测试"):
        return urlsplit(qr.address(Certificate.objects.order_by("-pk")[0])).path


def press(clerk: Walker, number: str, verb: str, opinion: str = "") -> None:
    """Open the case, press a verb, confirm it."""
    clerk.go(f"/desk/cases/{number}/")
    clerk.page.click(f"#act button[value={verb}]")
    clerk.page.fill("#confirm-opinion", opinion)
    with clerk.page.expect_response(lambda answer: answer.request.method == "POST"):
        clerk.page.click("#confirm [data-confirm]")


def ask_for_correction(clerk: Walker, number: str, wanted: str) -> None:
    """Tell the applicant, once, what is missing."""
    clerk.go(f"/desk/cases/{number}/")
    clerk.page.click("#act a:has-text('一次告知补正')")
    clerk.page.fill("#lines", wanted)
    clerk.page.click("form.correction button.btn-primary")


def weigh(clerk: Walker) -> None:
    """Answer the first advice."""
    clerk.page.click("article.finding button[value=reject]")
    clerk.page.fill("#dispose-reason", "已与机构核对，设有全科岗位")
    clerk.page.click("#dispose [data-confirm]")
    expect(clerk.page.locator(".case-left")).to_contain_text("已处置")


def begin(doctor: Walker) -> None:
    doctor.go("/my/")
    doctor.page.click("form[action$='/apply/doctor_first_registration/'] button")


def submit(doctor: Walker) -> None:
    doctor.page.click("button[value=submit]")


def test_from_sign_in_to_the_public_register(city: City, walk: Any, tmp_path: Path) -> None:
    doctor: Walker = walk(city.applicant)
    doctor.picture("my-cases")
    begin(doctor)
    doctor.picture("form-empty")
    fill_form(doctor, tmp_path)
    doctor.page.reload()
    expect(doctor.page.locator("[name=education-school]")).to_have_value("华北示范医科大学")
    doctor.picture("form-filled")
    submit(doctor)
    expect(doctor.page.locator("main")).to_contain_text("待机构确认")
    doctor.picture("my-case")
    number = number_of_the_case()

    operator: Walker = walk(city.operator)
    operator.go("/desk/")
    expect(operator.page.locator("main")).to_contain_text(NAME)
    operator.picture("institution-worklist")
    press(operator, number, "confirm", "已签订聘用合同")
    expect(operator.page.locator(".case-head")).to_contain_text("待受理")

    acceptor: Walker = walk(city.acceptor)
    acceptor.go("/desk/")
    expect(acceptor.page.locator("tr[data-row]").first).to_contain_text(NAME)
    acceptor.picture("worklist")
    ask_for_correction(acceptor, number, "聘用证明缺少盖章页")
    expect(acceptor.page.locator(".case-head")).to_contain_text("待补正")

    doctor.go(f"/my/cases/{number}/form/")
    expect(doctor.page.locator("main")).to_contain_text("聘用证明缺少盖章页")
    doctor.picture("form-correction")
    doctor.page.set_input_files("input[type=file][name=employment_proof]", proof(tmp_path, "盖章的聘用证明"))
    expect(doctor.page.locator("#materials")).to_contain_text("盖章的聘用证明.pdf")
    submit(doctor)
    expect(doctor.page.locator("main")).to_contain_text("补正已回")

    press(acceptor, number, "accept", "材料齐全")
    expect(acceptor.page.locator(".case-head")).to_contain_text("审核中")

    reviewer: Walker = walk(city.reviewer)
    reviewer.go(f"/desk/cases/{number}/")
    expect(reviewer.page.locator("#act button[value=pass_review]")).to_be_disabled()
    reviewer.picture("case-review")
    weigh(reviewer)
    press(reviewer, number, "pass_review", "符合注册条件")
    expect(reviewer.page.locator(".case-head")).to_contain_text("待决定")

    decider: Walker = walk(city.decider)
    decider.go(f"/desk/cases/{number}/")
    decider.picture("case-decide")
    press(decider, number, "grant", "同意")
    expect(decider.page.locator(".case-head")).to_contain_text("准予")
    decider.picture("case-granted")

    doctor.go(f"/my/cases/{number}/")
    expect(doctor.page.locator("main")).to_contain_text("执业证书编码")
    doctor.picture("my-case-granted")
    with doctor.page.expect_download() as download:
        doctor.page.click("text=下载电子证照")
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"%PDF")

    public: Walker = walk()
    public.go("/")
    public.picture("public-home")
    public.page.fill("[name=name]", NAME)
    public.page.fill("[name=institution]", HOSPITAL)
    public.page.keyboard.press("Enter")
    expect(public.page.locator("main")).to_contain_text(NAME)
    public.picture("public-found")
    public.go(printed_on_the_certificate())
    expect(public.page.locator("main")).to_contain_text("有效")
    expect(public.page.locator("main")).to_contain_text("医师执业证书")
    public.picture("public-verified")


def test_a_refused_case_gives_a_notice_with_its_articles(city: City, walk: Any, tmp_path: Path) -> None:
    doctor: Walker = walk(city.applicant)
    begin(doctor)
    fill_form(doctor, tmp_path)
    submit(doctor)
    number = number_of_the_case()
    press(walk(city.operator), number, "confirm")
    press(walk(city.acceptor), number, "accept")
    press(walk(city.reviewer), number, "propose_refusal", "经核实不在聘")
    decider: Walker = walk(city.decider)
    press(decider, number, "refuse", "经核实，申请人未被拟执业机构聘用")
    expect(decider.page.locator(".case-head")).to_contain_text("不予许可")
    doctor.go(f"/my/cases/{number}/")
    expect(doctor.page.locator("main")).to_contain_text("决定书")
    doctor.picture("my-case-refused")
    link = doctor.page.locator("a[href^='/instruments/']").last.get_attribute("href")
    notice = PdfReader(BytesIO(doctor.page.context.request.get(f"{doctor.address}{link}").body()))
    printed = "".join(page.extract_text() for page in notice.pages).replace("\n", "")
    assert "医师法》第十三条" in printed
    assert printed.count("申请人未被拟执业机构聘用") == 1
    assert "申请行政复议" in printed


def test_a_withdrawn_case_ends_clean(city: City, walk: Any, tmp_path: Path) -> None:
    doctor: Walker = walk(city.applicant)
    begin(doctor)
    fill_form(doctor, tmp_path)
    submit(doctor)
    doctor.page.fill("#reason-withdraw", "改到外地执业")
    doctor.page.click("button:has-text('撤回申请')")
    expect(doctor.page.locator("main")).to_contain_text("已撤回")


def test_a_file_that_breaks_a_requirement_says_which(city: City, walk: Any, tmp_path: Path) -> None:
    doctor: Walker = walk(city.applicant)
    begin(doctor)
    doctor.page.set_input_files("input[type=file][name=photo]", photo(tmp_path, background="#336699"))
    expect(doctor.page.locator("#materials")).to_contain_text("背景不是白色")
    doctor.picture("form-bad-photo")
