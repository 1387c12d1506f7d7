"""Images: whose they are in three outcomes, repeats and conflicts, discs with their manifest, scans, pixels, and nothing left of a name."""

import hashlib
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import numpy as np
import pydicom
import pytest
from dicomweb_client.api import DICOMwebClient
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Picture
from pydicom.fileset import FileSet

from tests.cast import sign_in
from tests.docs.pages import DOCS
from tests.systems.sequelae.conftest import BIRTHS, NUMBERS, Office
from tests.systems.sequelae.loopback import session
from yizheng.demo.hip_pictures import Head, Patient, hips
from yizheng.exchange.models import Partner
from yizheng.kernel.chinese_dates import parse_date
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.scope import acting_as
from yizheng.systems.sequelae.images import deciding, discs, keeping, taking
from yizheng.systems.sequelae.images.deidentifying import actions, deidentified, mask_of
from yizheng.systems.sequelae.images.names import read_name
from yizheng.systems.sequelae.images.pixels import drawn
from yizheng.systems.sequelae.images.reading import NotDicom, read
from yizheng.systems.sequelae.images.taking import File, Origin
from yizheng.systems.sequelae.models import Delivery, Image, Study
from yizheng.systems.sequelae.models.images import Way

DAY = date(2008, 10, 6)
ORIGIN = Origin(Way.FILES, "送达")


def of(number: int, /, **said: Any) -> Patient:
    """The n-th person of the office, or somebody who says otherwise."""
    birth = parse_date(BIRTHS[number - 1])
    assert birth is not None
    return Patient(**{"name": "王芳", "sex": "male", "birth": birth, "number": NUMBERS[number - 1], **said})


def files(patient: Patient, on: date = DAY, **more: Any) -> list[File]:
    return [File("a.dcm", each) for each in hips(patient, on, {"l": Head(40)}, slices=1, **more)]


@pytest.fixture
def keeper(office: Office) -> Account:
    return office.staff[Role.COHORT_KEEPER]


@pytest.mark.parametrize(
    ("raw", "declared", "name", "doubt"),
    [
        ("Wang^Fang=王^芳".encode(), ["ISO_IR 192"], "王芳", ""),
        ("Wang^Fang=王^芳".encode("gb18030"), ["GB18030"], "王芳", ""),
        (b"WANG^FANG", [""], "WANG FANG", ""),
        ("王芳".encode("gb18030"), [""], "王芳", "字符集未声明，姓名按 GB18030 读出"),
        ("王芳".encode(), ["ISO_IR 100"], "王芳", "字符集不符，姓名按 UTF-8 读出"),
        ("王芳".encode("gb18030"), ["ISO_IR 192"], "王芳", "字符集不符，姓名按 GB18030 读出"),
        (b"", [""], "", ""),
    ],
)
def test_a_chinese_name_is_read_whatever_its_bytes_and_doubt_is_told(
    raw: bytes, declared: list[str], name: str, doubt: str
) -> None:
    found = read_name(raw, declared)
    assert (found.name, found.doubt) == (name, doubt)


def test_what_is_no_object_or_lacks_its_day_is_not_read() -> None:
    (whole,) = files(of(1))
    assert read(whole.content).on == DAY
    (dateless,) = files(of(1), StudyDate="")
    for content in (b"", b"x" * 300, whole.content[:200], dateless.content):
        with pytest.raises(NotDicom):
            read(content)


def test_pixels_become_values_with_the_window_asked_for() -> None:
    (plain,) = files(of(1))
    found = drawn(plain.content)
    assert found.described() == {
        "frames": 1, "rows": 192, "columns": 192, "center": 520.0, "width": 1000.0, "inverted": False, "spacing": (1.8, 1.8),
    }  # fmt: skip
    (scaled,) = files(
        of(1), RescaleSlope=2, RescaleIntercept=-1000, WindowCenter=None, PhotometricInterpretation="MONOCHROME1"
    )
    other = drawn(scaled.content)
    assert np.array_equal(other.values, found.values * 2 - 1000)
    assert other.inverted
    with pytest.raises(NotDicom, match="阅片工作站"):
        drawn(files(of(1), PixelData=b"\0\0")[0].content)


@pytest.mark.parametrize(
    ("patient", "more", "state"),
    [
        (of(1), {}, "accepted"),
        (of(1, number="T001"), {}, "accepted"),
        (of(1, name="Wang^Fang", number="T001"), {"PatientName": "Wang^Fang"}, "accepted"),
        (of(1, number="X9"), {}, "review"),
        (of(1), {"PatientAge": "030Y"}, "review"),
        (of(1), {"PatientAge": "024Y"}, "accepted"),
        (of(1, name="赵钱孙", number="X9", birth=date(1950, 1, 1)), {}, "rejected"),
    ],
)
@pytest.mark.django_db
def test_a_study_is_accepted_looked_at_or_rejected(
    office: Office, keeper: Account, patient: Patient, more: dict[str, Any], state: str
) -> None:
    with acting_as(keeper):
        taking.take(keeper, ORIGIN, files(patient, **more))
        study = Study.objects.get()
        assert study.state == state
        assert (study.person_id == office.people[0].pk) is (state != "rejected")
        (image,) = Image.objects.select_related("study__person")
        assert keeping.content_of(image).startswith(b"\0" * 128 + b"DICM")


@pytest.mark.django_db
def test_the_same_object_again_is_a_repeat_and_other_pixels_under_its_name_are_told(
    office: Office, keeper: Account
) -> None:
    (whole,) = files(of(1))
    other = File("b.dcm", hips(of(1), DAY, {"l": Head(60)}, slices=1)[0])
    with acting_as(keeper):
        for sent, outcome in ((whole, "new"), (whole, "repeat"), (other, "conflict"), (File("c", b"x"), "unreadable")):
            _, (fate,) = taking.take(keeper, ORIGIN, [sent])
            assert fate.outcome == outcome
        assert Image.objects.count() == 1
        assert Delivery.objects.order_by("id")[2].fates["told"][0][1] == "conflict"


@pytest.mark.django_db
def test_a_decision_by_hand_stands_for_the_same_patient_number_and_seals_under_her_key(
    client: Client, office: Office, keeper: Account
) -> None:
    with acting_as(keeper):
        taking.take(keeper, ORIGIN, files(of(1, number="MR7")))
    sign_in(client, keeper)
    page = client.get("/sequelae/images/").content.decode()
    assert "待核查和已退回的检查" in page
    with acting_as(keeper):
        study = Study.objects.get()
        with pytest.raises(taking.Refused, match="理由"):
            deciding.decide(keeper, study.pk, office.people[0], " ")
    sent = {"key": str(study.pk), "person": "t001", "why": "与登记处电话核对"}
    assert client.post("/sequelae/images/decide/", sent).status_code == 302
    assert client.post("/sequelae/images/decide/", {**sent, "person": "T999"}).status_code == 422
    with acting_as(keeper):
        taking.take(keeper, ORIGIN, files(of(1, number="MR7"), date(2010, 5, 1)))
        assert list(Study.objects.values_list("state", "person__code")) == [("accepted", "T001")] * 2
        image = Image.objects.select_related("study__person").first()
        assert image is not None
        assert keeping.content_of(image).startswith(b"\0" * 128)
    sign_in(client, office.staff[Role.ORTHOPAEDIST])
    assert "2008-10-06" in client.get("/sequelae/persons/T001/images/").content.decode()
    answer = client.get(f"/sequelae/images/{image.pk}/pixels/")
    assert len(answer.content) == 2 * 192 * 192
    assert client.get("/sequelae/images/").status_code == 403
    assert client.post("/sequelae/persons/T001/images/", {"study": str(study.pk)}).status_code == 302
    sign_in(client, office.staff[Role.PSYCHOLOGIST])
    assert client.get("/sequelae/persons/T001/images/").status_code == 403
    assert client.get(f"/sequelae/images/{image.pk}/pixels/").status_code == 403


@pytest.fixture
def disc(tmp_path: Any) -> Callable[..., bytes]:
    """A packed disc of two slices, made by the outside library; what is to be wrong with it is given."""

    def made(spoil: str = "") -> bytes:
        directory = FileSet()
        for each in hips(of(1), DAY, {}, slices=2):
            directory.add(pydicom.dcmread(BytesIO(each)))
        directory.write(tmp_path / f"disc{spoil}")
        directory._stage["t"].cleanup()
        found = {
            path.relative_to(tmp_path / f"disc{spoil}").as_posix(): path.read_bytes()
            for path in (tmp_path / f"disc{spoil}").rglob("*") if path.is_file()
        }  # fmt: skip
        objects = sorted(name for name in found if name != "DICOMDIR")
        sums = {name: hashlib.sha256(found[name]).hexdigest() for name in objects}
        if spoil == "changed":
            found[objects[0]] += b"\0"
        elif spoil == "missing":
            del found[objects[0]]
        elif spoil == "unlisted":
            del sums[objects[0]]
        elif spoil == "directory":
            del found["DICOMDIR"]
        elif spoil == "garbage":
            found["DICOMDIR"] = b"x" * 200
        if spoil != "manifest":
            found["SHA256SUMS"] = "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as package:
            for name, content in found.items():
                package.writestr(f"DISC/{name}", content)
        return packed.getvalue()

    return made


@pytest.mark.parametrize(
    ("spoil", "said"),
    [("changed", "与清单不符"), ("missing", "不在光盘里"), ("unlisted", "不在清单里"), ("manifest", "没有清单"),
     ("directory", "没有 DICOMDIR"), ("garbage", "无法读取")],
)  # fmt: skip
def test_a_disc_that_is_not_what_it_says_is_not_taken_in(disc: Callable[..., bytes], spoil: str, said: str) -> None:
    with pytest.raises(taking.Refused, match=said):
        discs.read_disc(disc(spoil))


def test_a_package_that_is_none_is_refused() -> None:
    with pytest.raises(taking.Refused, match="压缩包"):
        discs.read_disc(b"x")


@pytest.mark.django_db
def test_a_disc_is_taken_in_and_its_return_is_written_down(
    client: Client, office: Office, keeper: Account, disc: Callable[..., bytes]
) -> None:
    sign_in(client, keeper)
    sent = {"way": "disc", "files": SimpleUploadedFile("光盘.zip", disc())}
    page = client.post("/sequelae/images/take/", sent, follow=True).content.decode()
    assert "新收 2" in page
    assert "在库光盘" in page
    with acting_as(keeper):
        key = str(Delivery.objects.get().pk)
    assert client.post("/sequelae/images/medium/", {"key": key, "to": "returned"}).status_code == 302
    assert client.post("/sequelae/images/medium/", {"key": key, "to": "returned"}).status_code == 422
    assert client.post("/sequelae/images/take/", {"way": "disc"}).status_code == 422


@pytest.mark.django_db
def test_a_scanned_film_keeps_its_true_day_and_has_no_millimetres(
    client: Client, office: Office, keeper: Account
) -> None:
    picture = BytesIO()
    Picture.new("L", (41, 31), 90).save(picture, "PNG")
    sign_in(client, keeper)
    sent = {"way": "scan", "code": "T003", "on": "2005-06-01", "body": "HIP", "described": "骨盆正位片"}
    film = SimpleUploadedFile("片.png", picture.getvalue())
    assert client.post("/sequelae/images/take/", {**sent, "on": "", "files": film}).status_code == 422
    film.seek(0)
    assert client.post("/sequelae/images/take/", {**sent, "files": film}).status_code == 302
    with acting_as(keeper):
        study = Study.objects.get()
        assert (study.person_id, study.on, study.state) == (office.people[2].pk, date(2005, 6, 1), "accepted")
        (image,) = Image.objects.select_related("study__person")
        found = drawn(keeping.content_of(image))
    assert found.spacing is None
    assert found.values.shape == (1, 31, 41)


@pytest.mark.django_db
def test_nothing_of_a_name_is_left_and_intervals_stay(office: Office, keeper: Account) -> None:
    private: dict[str, Any] = {
        "PatientAddress": "某路一号",
        "InstitutionName": "某医院",
        "OperatorsName": "某人",
        "PatientComments": "王芳",
    }
    mask = mask_of(office.people[0].pk)
    (first,), (later,) = files(of(1), **private), files(of(1), date(2010, 10, 6))
    one, other = (pydicom.dcmread(BytesIO(deidentified(each.content, mask))) for each in (first, later))
    assert set(one.dir()) <= set(actions()) | {
        "PatientIdentityRemoved", "DeidentificationMethod", "DeidentificationMethodCodeSequence", "BurnedInAnnotation",
    }  # fmt: skip
    assert (one.PatientIdentityRemoved, str(one.PatientName), one.PatientBirthDate) == ("YES", mask.alias, "")
    days = [parse_date(str(each.StudyDate)) for each in (one, other)]
    assert days[0]
    assert days[1]
    assert days[0] != DAY
    assert (days[1] - days[0]).days == (date(2010, 10, 6) - DAY).days
    assert "王芳".encode() not in deidentified(first.content, mask)
    assert NUMBERS[0].encode() not in deidentified(first.content, mask)
    assert one.StudyInstanceUID != read(first.content).study
    assert np.array_equal(one.pixel_array, pydicom.dcmread(BytesIO(first.content)).pixel_array)


@pytest.mark.django_db
def test_an_outside_client_sends_asks_and_reads_back_its_own(client: Client, office: Office) -> None:
    partner = Partner.objects.create(
        code="pacs", name="定点医院影像", signing_key="x", opening_key="x", authority_scope=1
    )
    token = signing.dumps([partner.code, "dicomweb"], salt="yizheng.gateway.token")
    web = DICOMwebClient("http://testserver/dicomweb", session=session(client, token))
    objects = [pydicom.dcmread(BytesIO(each)) for each in hips(of(1), DAY, {}, slices=2)]
    web.store_instances(objects)
    (found,) = web.search_for_studies(search_filters={"StudyDate": "20080101-20081231"})
    study = found["0020000D"]["Value"][0]
    assert len(web.search_for_instances(study)) == 2
    (series,) = web.search_for_series(study)
    assert len(web.retrieve_study(study)) == 2
    key = objects[0].SOPInstanceUID
    again = web.retrieve_instance(study, series["0020000E"]["Value"][0], key)
    assert np.array_equal(again.pixel_array, objects[0].pixel_array)
    assert web.retrieve_instance_metadata(study, series["0020000E"]["Value"][0], key)["00080060"]["Value"] == ["MR"]
    assert web.search_for_studies(search_filters={"StudyDate": "20090101-"}) == []
    with acting_as(office.staff[Role.COHORT_KEEPER]):
        assert Study.objects.get().state == "accepted"


@pytest.mark.django_db
def test_nobody_else_gets_in_and_a_partner_reads_nothing_of_another(
    client: Client, office: Office, keeper: Account
) -> None:
    with acting_as(keeper):
        taking.take(keeper, ORIGIN, files(of(1)))
        study = Study.objects.get().uid
    assert client.get("/dicomweb/studies").status_code == 401
    partner = Partner.objects.create(
        code="pacs", name="定点医院影像", signing_key="x", opening_key="x", authority_scope=1
    )
    for scope, status in (("directory", 401), ("dicomweb", 204)):
        head = {"Authorization": f"Bearer {signing.dumps([partner.code, scope], salt='yizheng.gateway.token')}"}
        assert client.get("/dicomweb/studies", headers=head).status_code == status
    assert client.get(f"/dicomweb/studies/{study}", headers=head).status_code == 404
    assert client.get(f"/dicomweb/studies/{study}/rendered", headers=head).status_code == 404
    assert client.get("/dicomweb/studies?StudyDate=x", headers=head).status_code == 400
    assert client.get("/dicomweb/studies", headers=head, REMOTE_ADDR="10.0.0.9").status_code == 401
    sent = client.post("/dicomweb/studies", b"x", content_type="application/json", headers=head)
    assert sent.status_code == 415
    body = b"--b\r\nContent-Type: application/dicom\r\n\r\nx\r\n--b--"
    kind = 'multipart/related; type="application/dicom"; boundary=b'
    refused = client.post("/dicomweb/studies", body, content_type=kind, headers=head)
    assert (refused.status_code, refused.json()["00081198"]["Value"][0]["00081197"]["Value"]) == (409, [0xC000])


def test_the_guide_lists_what_is_done_to_every_element() -> None:
    guide = (DOCS / "guides" / "sequelae.md").read_text("utf-8")
    assert [keyword for keyword in actions() if f"`{keyword}`" not in guide] == []
    assert set(actions().values()) == {"keep", "uid", "shift", "empty", "replace"}
