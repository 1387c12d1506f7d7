"""医疗机构登记名册: the register of an authority as it has it today, with its faults, becomes the register of the platform."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from yizheng.disclosure.models import PublicInstitution
from yizheng.documents.spreadsheets import Sheet, write
from yizheng.intake.formats import format_of
from yizheng.intake.models import Batch, Finding
from yizheng.intake.verbs.check import check
from yizheng.intake.verbs.enter import enter
from yizheng.intake.verbs.receive import receive
from yizheng.kernel.identifiers import make_organisation_code, make_uscc
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import organisation_of
from yizheng.people.searching.search import find_institutions
from yizheng.registry.models import Subject
from yizheng.registry.rolling_back.undoing import undo_own_change
from yizheng.systems.institutions.intakes import _grade, _subjects
from yizheng.systems.institutions.models import InstitutionLicence, VerificationPeriod
from yizheng.systems.institutions.record.held import Held

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_the_machine(db: None) -> Iterator[None]:
    """As the command line takes files in: with sight of everything."""
    with acting_as_system("test"):
        yield


TODAY = timezone.localdate()
HEADINGS = {
    "number": "登记号", "name": "医疗机构名称", "kind": "登记类型", "uscc": "信用代码", "category": "类别", "grade": "医院等级",
    "nature": "经营性质", "subjects": "核准诊疗科目", "beds": "床位数", "district": "区", "address": "执业地点", "legal": "法人代表",
    "principal": "负责人", "since": "批准日期", "until": "有效期止", "due": "校验到期日", "status": "状态",
}  # fmt: skip


def listed(serial: int, **said: str) -> dict[str, str]:
    """The n-th institution of the list, as its authority writes it, but for what is said otherwise."""
    code = make_organisation_code(f"E999{serial:04d}")
    return {
        "number": f"{code[:8]}-{code[8]}11010815D1101", "name": f"北京清河第{serial}门诊部", "kind": "医疗机构执业许可",
        "uscc": make_uscc("52", "110108", code), "category": "D110", "grade": "", "nature": "其他非营利性",
        "subjects": "内科；外科（门诊）、口腔科", "beds": "0", "district": "海淀区", "address": f"清河路 {serial} 号",
        "legal": "周远山", "principal": "吴清越", "since": "2019.3.1", "until": "2029/2/28", "due": "2027年3月1日", "status": "正常执业",
        **said,
    }  # fmt: skip


def checked(folder: Path, rows: list[dict[str, str]], haidian: Scope) -> Batch:
    path = folder / "机构名册.xlsx"
    with path.open("wb") as stream:
        write(stream, Sheet("Sheet1", list(HEADINGS.values()), [[row[name] for name in HEADINGS] for row in rows]))
    declared = format_of("institution_register")
    return check(receive(declared, path, path.name, account=None, authority_scope=haidian.pk), declared)


def entered(batch: Batch) -> Batch:
    return enter(batch, format_of(batch.format), actor=None, approved_by=None)


def test_a_list_becomes_the_register_and_can_be_taken_back(tmp_path: Path, haidian: Scope) -> None:
    batch = entered(checked(tmp_path, [listed(1), listed(2, grade="二级甲等")], haidian))
    assert batch.difference["verdicts"] == {"person": 2}
    with acting_as_system("test"):
        first = InstitutionLicence.objects.current().get(name="北京清河第1门诊部")
        held = Held(first.subject_id, TODAY)
        period = VerificationPeriod.objects.current().get(subject_id=first.subject_id)
        second = InstitutionLicence.objects.current().get(name="北京清河第2门诊部")
        found = [each.subject_id for each in find_institutions("清河第1")]
    assert (first.valid_from, first.term_to, first.subjects) == (
        date(2019, 3, 1),
        date(2029, 2, 28),
        ["03", "04", "12"],
    )
    assert first.registration_number == listed(1)["number"].replace("-", "")
    assert Subject.objects.get(pk=first.subject_id).kind == "institution"
    assert (held.named["legal_representative"], held.named["principal"]) == ("周远山", "吴清越")
    assert (period.due_on, second.level, second.grade) == (date(2027, 3, 1), "2", "1")
    assert found == [first.subject_id]
    place = organisation_of(first.subject_id)
    assert place is not None
    assert place.parent == haidian
    assert PublicInstitution.objects.get(subject=first.subject_id).state == "有效"
    with acting_as_system("test"):
        undo_own_change(batch.change or 0, actor=0, reason="名册有误")
        assert not InstitutionLicence.objects.current().exists()


@pytest.mark.parametrize(
    ("said", "code", "taken"),
    [
        ({"number": "E9990009X11010815D1101"}, "number_wrong", False), ({"uscc": "52110108E999900099"}, "uscc_wrong", False),
        ({"subjects": "内科；占卜科"}, "subject_unknown", False), ({"until": "2018-01-01", "since": "2019-01-01"}, "term_over", True),
        ({"category": "A100"}, "number_of_other_category", True), ({"nature": "营利性"}, "nature_differs", True),
        ({"since": "2999-01-01"}, "registered_in_future", False), ({"subjects": ""}, "no_subjects", True),
        ({"district": "清河区"}, "unknown_code", False), ({"name": ""}, "required", False),
        ({"number": "110108100012"}, "", True),
    ],
)  # fmt: skip
def test_a_fault_of_the_list_is_named_and_only_what_contradicts_itself_is_held(
    tmp_path: Path, haidian: Scope, said: dict[str, str], code: str, taken: bool
) -> None:
    batch = checked(tmp_path, [listed(9, **said)], haidian)
    found = set(Finding.objects.filter(batch=batch).values_list("code", flat=True))
    assert (code in found, batch.accepted) == (bool(code), int(taken))


def test_a_later_list_changes_from_today_what_it_says_and_holds_another_name(tmp_path: Path, haidian: Scope) -> None:
    entered(checked(tmp_path, [listed(1), listed(2)], haidian))
    later = [listed(1, address="清河路 100 号"), listed(2, name="北京另一门诊部"), listed(3), listed(3)]
    batch = checked(tmp_path, later, haidian)
    assert batch.difference["verdicts"] == {"changed": 1, "conflict": 1, "person": 1, "repeated": 1}
    entered(batch)
    with acting_as_system("test"):
        subject = InstitutionLicence.objects.current().filter(name="北京清河第1门诊部").values("subject_id")
        said = InstitutionLicence.objects.current().filter(subject_id__in=subject).order_by("valid_from")
        assert [(each.address, each.valid_from) for each in said] == [
            ("清河路 1 号", date(2019, 3, 1)), ("清河路 100 号", TODAY),
        ]  # fmt: skip


def test_what_stands_in_one_cell_is_taken_apart() -> None:
    assert _grade("三级甲等") == ("3", "1")
    assert _grade("") == ("9", "9")
    assert _subjects("内科，呼吸内科专业/外科(门诊)") == (["03", "03.01", "04"], ["外科(门诊)"], [])
    assert _subjects("占卜科") == ([], [], ["占卜科"])
