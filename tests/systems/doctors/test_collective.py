"""集体办理: an institution hands in many first registrations, by form and by sheet; every row is answered."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from tests.documents.test_spreadsheets import read
from tests.systems.doctors.conftest import DECLARED, HOSPITAL, House
from tests.systems.doctors.crowd import NAMES, Person, qualified
from tests.walking import picture
from yizheng.documents.spreadsheets import Sheet, write
from yizheng.licensing.answers import as_typed, typed_in
from yizheng.licensing.cases.notices import to_applicants, to_desks
from yizheng.licensing.catalogue import item as item_of
from yizheng.licensing.collective import corrected, sheets
from yizheng.licensing.collective import dossiers as collective
from yizheng.licensing.collective.differences import differences
from yizheng.licensing.models import Case, Dossier, Paper
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.drafting import hand_in as attach
from yizheng.people.models import Account, AuditEntry, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.work.models import Notice

pytestmark = pytest.mark.django_db
ITEM = "doctor_first_registration"


@pytest.fixture
def operator(hospital: House) -> Account:
    return hospital.operator


@pytest.fixture
def people(hospital: House, haidian: Scope) -> list[Person]:
    return qualified(NAMES[:3], haidian.pk)


@pytest.fixture
def dossier(client: Client, operator: Account) -> Dossier:
    sign_in(client, operator).post(f"/my/dossiers/begin/{ITEM}/")
    with acting_as(operator):
        return Dossier.objects.visible_to(operator).get()


def filled(dossier: Dossier, people: list[Person]) -> list[dict[str, str]]:
    """Every column filled in as somebody would."""
    item = item_of(dossier.item_code, dossier.rules_on)
    given = {
        "practice": {"scope": "11", "employment": "contract", "employed_from": "2026-01-05", "department": "全科",
                     "employer_as_sealed": HOSPITAL, "level": "1", "category": "clinical"},
        "education": {"level": "21", "degree": "410", "school": "华北示范医科大学", "major": "临床医学",
                      "learning_form": "full_time", "graduated_on": "2019-06-30"},
        "person": {"mobile": "19900000001", "sex": "2", "birth_date": "1996-04-26", "ethnic_group": "01", "id_type": "01"},
        "qualification": {"issuer": "北京市卫生健康委员会", "way": "exam", "level": "1", "category": "clinical"},
        "declaration": {key: "是" if value is True else str(value) for key, value in DECLARED.items()},
    }  # fmt: skip
    rows = []
    for person in people:
        row = {corrected.NAME: person.account.display_name, collective.IDENTITY: person.number}
        row["医师资格证书编码"] = person.certificate
        for column in collective.columns_of(item):
            text = given.get(column.step, {}).get(column.name, "")
            words = {code: word for word, code in column.choices.items()}
            row[column.title] = words.get(text, text)
        row |= {
            column.title: person.qualified_on.isoformat()
            for column in collective.columns_of(item)
            if column.name == "qualified_on"
        }
        rows.append(row)
    return rows


def sheet_of(dossier: Dossier, rows: list[dict[str, str]]) -> SimpleUploadedFile:
    item = item_of(dossier.item_code, dossier.rules_on)
    head = list(sheets.template(item)[0].head)
    made = io.BytesIO()
    write(made, Sheet("人员", head, [[row.get(title, "") for title in head] for row in rows]))
    return SimpleUploadedFile("人员.xlsx", made.getvalue())


def test_the_empty_sheet_has_chinese_heads_and_words_to_choose_from(client: Client, dossier: Dossier) -> None:
    answer = client.get(f"/my/dossiers/{dossier.pk}/template/")
    made = io.BytesIO(answer.getvalue())
    head = read(made)[0]
    assert head[:3] == ["姓名", "证件号码", "医师资格证书编码"]
    assert "聘用证明上的机构名称" in head
    assert len(read(made, 2)) > 5


def test_good_rows_become_drafts_and_bad_ones_stay_with_their_reasons(
    client: Client, dossier: Dossier, operator: Account, people: list[Person]
) -> None:
    rows = filled(dossier, people)
    rows[1][corrected.NAME] = "另一个人"
    rows.append({corrected.NAME: "没有号码"})
    client.post(f"/my/dossiers/{dossier.pk}/upload/", {"sheet": sheet_of(dossier, rows)})
    page = client.get(f"/my/dossiers/{dossier.pk}/").content.decode()
    with acting_as(operator):
        made = list(dossier.rows.order_by("pk"))
    assert [bool(row.case_id) for row in made] == [True, False, True, False]
    assert "姓名和号码都相符" in made[1].problem
    assert people[0].number not in page
    with acting_as_system("test"):
        assert AuditEntry.objects.filter(verb="vault.resolve", actor=operator).count() >= 3
    back = read(io.BytesIO(client.get(f"/my/dossiers/{dossier.pk}/back/").getvalue()))
    assert back[0][-2:] == ["不合格原因", "原行号"]
    assert back[2][:2] == ["另一个人", people[1].number]
    assert back[2][-2:] == [made[1].problem, str(made[1].line)]


def test_what_no_form_takes_is_refused_at_upload_with_its_row_and_column(
    client: Client, dossier: Dossier, operator: Account, people: list[Person]
) -> None:
    """A phone of three digits, a day in words, a scope of another category than the register knows her by."""
    rows = filled(dossier, people)
    rows[0]["手机号码"], rows[1]["毕业时间"], rows[2]["执业范围"] = "123", "明天", "口腔专业"
    client.post(f"/my/dossiers/{dossier.pk}/upload/", {"sheet": sheet_of(dossier, rows)})
    with acting_as(operator):
        made = list(dossier.rows.order_by("pk"))
    assert [row.case_id for row in made] == [None, None, None]
    assert [word in row.problem for row, word in zip(made, ("手机号码", "毕业时间", "执业范围"), strict=True)] == [
        True
    ] * 3


def test_a_whole_dossier_goes_from_the_sheet_to_the_desk_as_one_line(
    client: Client, dossier: Dossier, operator: Account, people: list[Person], acceptor: Account
) -> None:
    client.post(f"/my/dossiers/{dossier.pk}/upload/", {"sheet": sheet_of(dossier, filled(dossier, people))})
    with acting_as(operator):
        cases = list(Case.objects.visible_to(operator).filter(dossier=dossier).order_by("pk"))
        for case in cases[:2]:
            for material in case.item.materials[:2]:
                attach(case, operator, material, picture(), "照片.jpg")
    client.post(f"/my/dossiers/{dossier.pk}/hand-in/")
    with acting_as(operator):
        states = list(Case.objects.filter(dossier=dossier).order_by("pk").values_list("state", flat=True))
        problems = list(dossier.rows.order_by("pk").values_list("problem", flat=True))
    assert problems[:2] == ["", ""]
    assert "还没有上传" in problems[2]
    assert states == [CaseState.RECEIVED, CaseState.RECEIVED, CaseState.DRAFT]
    desk = sign_in(Client(), acceptor)
    page = desk.get("/desk/?view=all").content.decode()
    assert f"批量办件 {dossier.number}" in page
    assert cases[0].number not in page
    assert cases[0].number in desk.get(f"/desk/?view=all&dossier={dossier.pk}").content.decode()


def test_rows_typed_into_the_table_share_what_all_share(
    client: Client, dossier: Dossier, operator: Account, people: list[Person]
) -> None:
    row = filled(dossier, people)[0]
    item = item_of(dossier.item_code, dossier.rules_on)
    titles = [corrected.NAME, collective.IDENTITY, "医师资格证书编码"]
    titles += [column.title for column in collective.columns_of(item)]
    posted = {f"shared-{n}": row[title] for n, title in enumerate(titles) if n > 2}
    for line, person in enumerate(people[:2]):
        posted |= {f"row{line}-0": person.account.display_name, f"row{line}-1": person.number}
    client.post(f"/my/dossiers/{dossier.pk}/rows/", posted)
    with acting_as(operator):
        assert dossier.rows.exclude(case=None).count() == 2


def test_another_institution_does_not_see_the_dossier(client: Client, dossier: Dossier, another_institution) -> None:
    assert sign_in(client, another_institution.operator).get(f"/my/dossiers/{dossier.pk}/").status_code == 404


def test_what_the_register_knows_is_never_replaced_unseen(
    client: Client, dossier: Dossier, operator: Account, people: list[Person]
) -> None:
    item, person = item_of(dossier.item_code, dossier.rules_on), people[0]
    with acting_as(operator):
        known = as_typed(item.prefill_for(person.account.subject_id or 0, dossier.institution_scope))
    column = next(
        each for each in collective.columns_of(item) if known.get(each.step, {}).get(each.name) and not each.is_day
    )
    now = known[column.step][column.name]
    other = next((word for word, code in column.choices.items() if code != str(now)), "表格里另写的")
    rows = filled(dossier, [person])
    rows[0][column.title] = other
    client.post(f"/my/dossiers/{dossier.pk}/upload/", {"sheet": sheet_of(dossier, rows)})
    with acting_as(operator):
        case = Case.objects.get(dossier=dossier)
        assert typed_in(case)[column.step][column.name] == now
        found = [each for each in differences(dossier, operator) if each.column.name == column.name]
    assert [each.written for each in found] == [other]
    page = client.get(f"/my/dossiers/{dossier.pk}/").content.decode()
    assert "没有选中的按登记资料提交" in page
    client.post(f"/my/dossiers/{dossier.pk}/settle/", {"take": [found[0].key]})
    with acting_as(operator):
        assert typed_in(Case.objects.get(pk=case.pk))[column.step][column.name] == column.value(other)
        assert not [each for each in differences(dossier, operator) if each.column.name == column.name]


def test_one_archive_brings_everybodys_photo(
    client: Client, dossier: Dossier, operator: Account, people: list[Person]
) -> None:
    client.post(f"/my/dossiers/{dossier.pk}/upload/", {"sheet": sheet_of(dossier, filled(dossier, people))})
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(f"照片/{people[0].account.display_name}.jpg", picture().read())
        package.writestr(f"{people[1].number}.jpg", picture().read())
        package.writestr("不认识的人.jpg", picture().read())
    sent = SimpleUploadedFile("照片.zip", made.getvalue())
    page = client.post(
        f"/my/dossiers/{dossier.pk}/papers/", {"material": "photo", "papers": sent}, follow=True
    ).content.decode()
    assert "已交 2 人" in page
    assert "不认识的人.jpg：没有对上人员" in page
    with acting_as(operator):
        assert Paper.objects.filter(case__dossier=dossier, material="photo", replaced=False).count() == 2


def test_one_file_serves_everybody(client: Client, dossier: Dossier, operator: Account, people: list[Person]) -> None:
    client.post(f"/my/dossiers/{dossier.pk}/upload/", {"sheet": sheet_of(dossier, filled(dossier, people))})
    sent = SimpleUploadedFile("照片.jpg", picture().read())
    client.post(f"/my/dossiers/{dossier.pk}/papers/", {"material": "photo", "papers": sent})
    with acting_as(operator):
        assert Paper.objects.filter(case__dossier=dossier, material="photo", replaced=False).count() == 3


def test_a_list_handed_in_is_one_message_at_the_desk(
    client: Client, dossier: Dossier, operator: Account, people: list[Person]
) -> None:
    client.post(f"/my/dossiers/{dossier.pk}/upload/", {"sheet": sheet_of(dossier, filled(dossier, people))})
    with acting_as(operator):
        cases = list(Case.objects.filter(dossier=dossier))
    with acting_as_system("test"):
        for case in cases:
            case.authority_scope, case.submitted_at = case.institution_scope, timezone.now()
        to_desks([(case, f"收到 {case.applicant_name} 的申请") for case in cases])
        to_applicants([(case, "申请已受理") for case in cases])
        desk, mine = Notice.objects.get(title__startswith="收到"), Notice.objects.get(account=operator)
    assert desk.title == f"收到 {cases[0].applicant_name}等 3 人 的申请"
    assert desk.link.endswith(f"dossier={dossier.pk}")
    assert (mine.title, mine.link) == ("申请已受理（3 件）", f"/my/dossiers/{dossier.pk}/")
