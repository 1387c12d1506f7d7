"""The ledgers that are led to an end: who opens and moves what, what nobody does for herself, what a move sets off."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import new_account
from tests.systems.service.conftest import Service
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, DataKey, Grant, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, SubjectKind, changing
from yizheng.shell.states import STATES
from yizheng.systems.service.matters import consequences, kinds
from yizheng.systems.service.matters.acting import move, moves_for, open_matter
from yizheng.systems.service.matters.reminding import remind
from yizheng.systems.service.models import Matter
from yizheng.systems.service.orders.acting import Refused
from yizheng.work.models import Notice

HOLE = {"object": "openssl 3.0.1", "reference": "", "severity": "高", "found_by": "通报"}


def test_every_state_has_a_word_of_the_face_and_every_move_leads_from_a_state_that_is_reached() -> None:
    for kind in kinds.KINDS.values():
        reached = {kind.first, *(each.after for each in kind.moves)}
        assert reached <= set(STATES), kind.code
        assert {state for each in kind.moves for state in each.before} <= reached, kind.code
        assert kind.ends, kind.code
        assert {code for each in kind.moves for code in each.not_by} <= {"open", *(each.code for each in kind.moves)}


@pytest.mark.parametrize(("severity", "days"), [("严重", 3), ("高", 7), ("中", 30), ("低", 90)])
def test_a_vulnerability_is_due_by_its_severity(severity: str, days: int) -> None:
    today = timezone.localdate()
    assert kinds.VULNERABILITY.term({**HOLE, "severity": severity}, today) == today + timedelta(days=days)


@pytest.mark.django_db
def test_a_vulnerability_is_closed_by_another_than_who_mended_it(service: Service) -> None:
    hole = open_matter(kinds.VULNERABILITY, service.engineer, "升级加密库", HOLE)
    with pytest.raises(Refused, match="现在是“待核实”"):
        move(service.engineer, hole.pk, "repair", "升级")
    move(service.engineer, hole.pk, "assign", content={"owner": "工程师甲"})
    move(service.engineer, hole.pk, "repair", "在测试环境升级后上线")
    with pytest.raises(Refused, match="由另一人办理"):
        move(service.engineer, hole.pk, "retested", "扫描无此项")
    assert [each.code for each in moves_for(Matter.objects.get(pk=hole.pk), service.other)] == ["retested", "still"]
    with pytest.raises(Refused, match="请写明"):
        move(service.other, hole.pk, "retested")
    assert move(service.other, hole.pk, "retested", "复扫无此项").ended
    assert [each.move for each in hole.acts.all()] == ["open", "assign", "repair", "retested"]


@pytest.mark.django_db
def test_a_risk_is_accepted_by_the_client_alone(service: Service) -> None:
    hole = open_matter(kinds.VULNERABILITY, service.engineer, "旧版组件", HOLE)
    move(service.manager, hole.pk, "assign", content={"owner": "工程师甲"})
    move(service.manager, hole.pk, "ask_risk", "内网使用，加访问限制")
    with pytest.raises(Refused, match="由运维监督办理"):
        move(service.manager, hole.pk, "take_risk", "同意")
    assert move(service.client, hole.pk, "take_risk", "至年底").state == "已结案"


@pytest.mark.django_db
def test_nothing_leaves_the_house_without_the_client_s_permission_and_encryption(
    service: Service, client: Client
) -> None:
    asked = {"purpose": "异地恢复演练", "data": "备份（加密）", "medium": "U-07", "encryption": "全盘加密"}
    asked["back"] = f"{timezone.localdate() + timedelta(days=3):%Y-%m-%d}"
    medium = open_matter(kinds.MEDIA, service.engineer, "备份盘带离", asked)
    with pytest.raises(Refused, match="现在是“待批准”"):
        move(service.engineer, medium.pk, "out", content={"proof": "截图"})
    move(service.client, medium.pk, "permit")
    client.force_login(service.engineer)
    without = client.post(f"{medium.get_absolute_url()}?move=out", {"proof": ""})
    assert without.status_code == 422
    assert client.post(f"{medium.get_absolute_url()}?move=out", {"proof": "加密截图 07"}).status_code == 302
    move(service.engineer, medium.pk, "back", "完好")
    assert move(service.client, medium.pk, "check", "编号相符").ended


@pytest.mark.django_db
def test_an_undertaking_is_signed_by_the_person_and_a_leaver_keeps_no_right(service: Service) -> None:
    about = service.engineer
    paper = open_matter(kinds.UNDERTAKING, service.manager, "保密承诺", {"role": "运维", "need": "日志"}, about=about)
    with pytest.raises(Refused, match="由本人办理"):
        move(service.manager, paper.pk, "sign", content={"agrees": "是"})
    move(about, paper.pk, "sign", content={"agrees": "是"})
    with pytest.raises(Refused, match="先收回权限"):
        move(service.manager, paper.pk, "leave", "门卡已交")
    Grant.objects.filter(account=about).update(revoked_at=timezone.now())
    assert move(service.manager, paper.pk, "leave", "门卡已交，提醒保密永久有效").state == "已收回"


@pytest.mark.django_db
def test_the_rights_of_a_quarter_are_reviewed_by_three_administrators_each_another(
    service: Service, city: Scope
) -> None:
    def admin(kind: AccountKind, role: Role) -> Account:
        return new_account(kind, role.label, role, city)

    system, security, auditor = (
        admin(AccountKind.SYSTEM_ADMIN, Role.SYSTEM_ADMIN),
        admin(AccountKind.SECURITY_ADMIN, Role.SECURITY_ADMIN),
        admin(AccountKind.AUDIT_ADMIN, Role.AUDIT_ADMIN),
    )
    assert remind() == 1
    assert "权限复核还没有开始" in Notice.objects.latest("pk").title
    review = open_matter(kinds.RIGHTS_REVIEW, system, "季度复核", {"quarter": "2026年第4季度"})
    assert ["工程师甲", "运维工程师", "运行维护"] in [row[:3] for row in review.content["rows"]]
    with pytest.raises(Refused, match="由安全管理办理"):
        move(system, review.pk, "reviewed", "都需要", {"kept": 7, "withdrawn": 0})
    move(security, review.pk, "reviewed", "都需要", {"kept": 7, "withdrawn": 0})
    with pytest.raises(Refused, match="由审计管理办理"):
        move(security, review.pk, "confirmed", "抽查三人")
    assert move(auditor, review.pk, "confirmed", "抽查三人").state == "已完成"
    assert remind() == 0


def somebody(registered: bool = False) -> Account:
    """A person with an account and a key of her own."""
    from yizheng.people import vault

    vault.prepare()
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="人") as change:
        person = change.subject(SubjectKind.PERSON)
    vault.store(person.pk, "mobile", "13800000017")
    return Account.objects.create_account(
        "somebody", AccountKind.INDIVIDUAL, "本人", password="x" * 12, subject_id=person.pk
    )


@pytest.mark.django_db
def test_a_request_for_erasure_destroys_the_key_by_a_second_person(
    service: Service, city: Scope, client: Client
) -> None:
    person = somebody()
    security = new_account(AccountKind.SECURITY_ADMIN, "安全管理", Role.SECURITY_ADMIN, city)
    client.force_login(person)
    assert client.post("/service/my/", {"which": "request", "asks": "删除", "said": "不再使用"}).status_code == 302
    request = Matter.objects.get(kind="person_request")
    assert request.due == timezone.localdate() + timedelta(days=30)
    assert not Matter.objects.visible_to(service.engineer).exists(), "engineers do not read requests of persons"
    assert client.get(request.get_absolute_url()).status_code == 200
    move(service.client, request.pk, "accept")
    move(service.client, request.pk, "propose_erasure", "没有登记，不再需要保存")
    assert DataKey.objects.get(subject_id=person.subject_id or 0).wrapped
    move(security, request.pk, "erase", "核对无登记")
    assert DataKey.objects.get(subject_id=person.subject_id or 0).wrapped is None
    assert client.get("/service/my/").status_code == 200


@pytest.mark.django_db
def test_only_who_asked_for_erasure_is_erased(service: Service) -> None:
    person = somebody()
    asks = open_matter(kinds.PERSON_REQUEST, person, "更正", {"asks": "更正和补充", "said": "学历"}, about=person)
    move(service.client, asks.pk, "accept")
    with pytest.raises(Refused, match="本人提出的删除请求"):
        move(service.client, asks.pk, "propose_erasure", "试一试")
    with pytest.raises(Refused, match="不写证件号码和手机号码"):
        move(service.client, asks.pk, "answer", "请联系 13900000002")
    assert move(person, asks.pk, "withdraw").state == "已撤回"


@pytest.mark.django_db
def test_who_stands_in_a_register_is_not_erased(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    person = somebody()
    asks = open_matter(kinds.PERSON_REQUEST, person, "删除", {"asks": "删除", "said": "不想保留"}, about=person)
    move(service.client, asks.pk, "accept")
    monkeypatch.setattr(consequences, "spoken_of", lambda subjects, kinds: [object])
    with pytest.raises(Refused, match="法定的保存期限没有届满"):
        move(service.client, asks.pk, "propose_erasure", "试一试")
    assert move(service.client, asks.pk, "refuse", "登记在册，依法保存").ended


@pytest.mark.django_db
def test_what_is_past_its_day_is_told_once(service: Service) -> None:
    day = f"{timezone.localdate() - timedelta(days=1):%Y-%m-%d}"
    open_matter(kinds.TRAINING, service.manager, "保密培训", {"topic": "保密教育", "planned": day})
    assert remind() == 2
    assert remind() == 0


@pytest.mark.django_db
def test_the_pages_of_the_ledger_offer_what_is_hers(service: Service, client: Client) -> None:
    client.force_login(service.engineer)
    assert "登记漏洞" in client.get("/service/matters/?kind=vulnerability").content.decode()
    assert client.get("/service/matters/new/training/").status_code == 403
    assert client.get("/service/matters/new/nothing/").status_code == 404
    new = {"title": "升级", **HOLE}
    assert client.post("/service/matters/new/vulnerability/", {**new, "severity": ""}).status_code == 422
    made = client.post("/service/matters/new/vulnerability/", new)
    page = client.get(made["Location"]).content.decode()
    assert "核实并指派" in page
    assert "接受风险" not in page
    raced = client.post(f"{made['Location']}?move=repair", {"said": "抢先"})
    assert raced.status_code == 409
    client.force_login(service.manager)
    assert client.get("/service/matters/new/undertaking/").status_code == 200
