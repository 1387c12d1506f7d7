"""A nurse's certificate is made again, and her data are changed: the items all registers share, under the nurses' own rules."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import new_subject, sign_in
from tests.systems.nurses.people import NAME, NUMBER
from yizheng.disclosure.models import PublicPractitioner
from yizheng.documents import certificates, sealing
from yizheng.documents.models import Certificate, Ending, Status
from yizheng.kernel.codes import table
from yizheng.kernel.identifiers import make_resident_id
from yizheng.licensing.answers import load
from yizheng.licensing.cases import examining, rollbacks
from yizheng.licensing.catalogue import items
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.verbs.drafting import open_draft
from yizheng.people import vault
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.shell.applicant.offering import ENDING, grouped, likely, offers
from yizheng.shell.record.pages import known_in
from yizheng.systems.nurses.item import PERMITTED
from yizheng.systems.nurses.models import LINE, NurseRegistration
from yizheng.systems.nurses.people import PEOPLE
from yizheng.systems.practitioners.models import Education, PersonIdentity
from yizheng.systems.practitioners.registered import Registered
from yizheng.work.approval import ApprovalRefused

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
RENAMED = "林若深"
CORRECTED = make_resident_id("110108", date(2001, 9, 3), 63)


def apply(walker, nurse: Account, code: str, **steps: dict[str, Any]) -> Case:
    case: Case = walker.draft(nurse, code, steps)
    return case


def change(**values: Any) -> dict[str, Any]:
    return {"name": NAME, "sex": "2", "nationality": "156", **values}


def blocks(case: Case, nurse: Account) -> set[str]:
    with acting_as(nurse):
        return {each.code for each in examining.examine(case, TODAY).findings.blocks}


def certificate(nurse: Account) -> tuple[Certificate, dict[str, Any]]:
    with acting_as_system("test"):
        found = Certificate.objects.get(subject_id=nurse.subject_id or 0, kind="nurse_practice", status=Status.VALID)
        return found, dict(sealing.unseal(found)[0])


def registration(nurse: Account) -> NurseRegistration:
    with acting_as_system("test"):
        return NurseRegistration.objects.current().filter(subject_id=nurse.subject_id or 0).latest("valid_from")


def restate(nurse: Account, **altered: Any) -> None:
    """The register says this of her from today."""
    held = registration(nurse)
    scope = altered.pop("authority_scope", held.authority_scope)
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as said:
        values = {**held.values(), **altered}
        said.state(NurseRegistration, held.subject_id, LINE, values, valid_from=TODAY, authority_scope=scope)


def test_a_lost_certificate_is_made_again_with_number_and_term(walker, registered, nurse):
    former, printed = certificate(nurse)
    lost = {"ground": "lost", "lost_on": TODAY.isoformat(), "statement": "乘车时遗失"}
    case = walker.walk(apply(walker, nurse, "nurse_reissue", reissue=lost))
    again, reprinted = certificate(nurse)
    assert (again.number, again.version, again.made_for, case.certificate_id) == (former.number, 2, "lost", again.pk)
    assert reprinted["term_to"] == printed["term_to"]


@pytest.mark.parametrize(("days", "refused"), [(-1, False), (0, False), (1, True)])
def test_a_loss_lies_not_in_the_future(walker, registered, nurse, days, refused):
    lost = {"ground": "lost", "lost_on": (TODAY + timedelta(days=days)).isoformat(), "statement": "乘车时遗失"}
    assert blocks(apply(walker, nurse, "nurse_reissue", reissue=lost), nurse) == ({"N-LOSS"} if refused else set())


def test_a_certificate_that_ended_is_not_made_again(walker, registered, nurse):
    case = apply(walker, nurse, "nurse_reissue", reissue={"ground": "damaged"})
    assert blocks(case, nurse) == set()
    with acting_as_system("test"):
        certificates.revoke(certificate(nurse)[0], ending=Ending.CANCELLED, on=TODAY)
    assert blocks(case, nurse) == {"N-CERTIFICATE"}


def test_who_is_not_registered_has_no_certificate(nurse, hospital):
    with acting_as(nurse), pytest.raises(NotPossibleError, match="首次注册"):
        open_draft(nurse, "nurse_reissue")


@pytest.mark.parametrize(("days", "status"), [(-1, "EXPIRED"), (0, "REG"), (1, "REG")])
def test_a_term_that_is_over_ends_what_needs_a_registration(registered, nurse, days, status):
    restate(nurse, term_to=TODAY + timedelta(days=days))
    assert Registered(PEOPLE, TODAY, None, (registration(nurse),)).status == status


def test_the_status_is_asked_again_when_the_case_is_judged(walker, registered, nurse):
    case = apply(walker, nurse, "nurse_reissue", reissue={"ground": "damaged"})
    restate(nurse, term_to=TODAY - timedelta(days=1))
    assert blocks(case, nurse) == {"N-STATUS"}


def test_who_moved_to_another_authority_begins_anew(walker, registered, nurse, chaoyang):
    case = apply(walker, nurse, "nurse_info_change", person_change=change(mobile="13900000003"))
    assert blocks(case, nurse) == set()
    restate(nurse, authority_scope=chaoyang.pk)
    assert blocks(case, nurse) == {"N-KEPT"}


def test_a_new_name_goes_to_register_certificate_account_and_public(walker, registered, nurse):
    walker.walk(apply(walker, nurse, "nurse_info_change", person_change=change(name=RENAMED)))
    made, printed = certificate(nurse)
    assert (made.version, printed["name"], printed["changes"][0][0]) == (2, RENAMED, "个人信息")
    assert Account.objects.get(pk=nurse.pk).display_name == RENAMED
    with acting_as_system("test"):
        assert PublicPractitioner.objects.get(register="nurse").name == RENAMED


def test_a_corrected_number_is_printed_and_the_former_one_still_finds_her(walker, registered, nurse):
    walker.walk(apply(walker, nurse, "nurse_info_change", person_change=change(id_number=CORRECTED)))
    assert certificate(nurse)[1]["identity_number"] == CORRECTED
    for number in (NUMBER, CORRECTED):
        assert vault.find("resident_id", number) == nurse.subject_id


def test_a_number_of_another_person_is_refused(walker, registered, nurse):
    case = apply(walker, nurse, "nurse_info_change", person_change=change(id_number=CORRECTED))
    assert blocks(case, nurse) == set()
    vault.store(new_subject("person").pk, "resident_id", CORRECTED)
    assert blocks(case, nurse) == {"N-TAKEN"}


def test_what_alters_nothing_is_no_application(walker, registered, nurse):
    assert blocks(apply(walker, nurse, "nurse_info_change", person_change=change()), nurse) == {"N-NOTHING"}


def test_an_education_is_added_and_prints_nothing_new(walker, registered, nurse):
    learned = {
        "level": "11",
        "school": "华北示范护理学院",
        "major": "护理学",
        "learning_form": "adult",
        "graduated_on": "2026-06-30",
    }
    walker.walk(apply(walker, nurse, "nurse_info_change", person_change=change(), education_change=learned))
    with acting_as_system("test"):
        assert Education.objects.current().filter(subject_id=nurse.subject_id).count() == 2
    assert certificate(nurse)[0].version == 1


def test_what_fails_leaves_nothing(walker, registered, nurse, monkeypatch):
    def fails(*args: object, **kwargs: object) -> None:
        raise RuntimeError("half way")

    monkeypatch.setattr(sealing, "unseal", fails)
    with pytest.raises(RuntimeError, match="half way"):
        walker.walk(apply(walker, nurse, "nurse_info_change", person_change=change(name=RENAMED)))
    with acting_as_system("test"):
        names = PersonIdentity.objects.current().filter(subject_id=nurse.subject_id).values_list("name", flat=True)
        assert set(names) == {NAME}


def test_every_pair_of_an_item_and_a_status_is_decided() -> None:
    on = timezone.localdate()
    ours = {item.code for item in items(on) if item.system == "nurses"}
    assert set(PERMITTED.table) == ours
    assert all(set(row) == set(table("nurse_register_status")) for row in PERMITTED.table.values())


def test_a_registration_that_a_later_decision_rests_upon_does_not_go_back_in_part(walker, registered, nurse, decider):
    """What hangs on it would go while the result goes on: the whole rollback is refused and the case stays as it was."""
    walker.walk(apply(walker, nurse, "nurse_reissue", reissue={"ground": "damaged"}))
    with acting_as_system("test"):
        registered.refresh_from_db()
        change_id = registered.change_id
        assert not rollbacks.plan_for(change_id).undoes_something
    with acting_as(decider), pytest.raises(ApprovalRefused, match="登记本身"):
        rollbacks.propose(decider, change_id, "首次注册", next(iter(rollbacks.GROUNDS)), "登记有误")


def test_another_mobile_number_needs_no_proof(walker, registered, nurse):
    case = apply(walker, nurse, "nurse_info_change", person_change={"mobile": "19900000009"})
    applicant = case.item.gather(load(case), nurse.subject_id or 0, TODAY)
    assert "proof" not in {material.code for material in case.item.needed_materials(applicant, TODAY)}


def test_a_nurse_is_led_to_what_nurses_do_and_finds_the_rest_folded(client, registered, nurse):
    sign_in(client, nurse)
    page = client.get("/my/cases/").content.decode()
    own, _, others = page.partition("其他登记簿的事项")
    assert "护士主要执业机构备案" in own
    assert "跨执业地点增加注册" not in own
    assert "跨执业地点增加注册" in others
    with acting_as(nurse):
        groups = grouped(offers(nurse), known_in(nurse, nurse.subject_id or 0))
    first = likely(groups)
    assert first is not None
    assert (first.item.register, first.item.group in ENDING) == ("护士", False)
