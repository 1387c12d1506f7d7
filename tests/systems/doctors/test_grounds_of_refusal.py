"""Grounds of refusal: entered and ended by two persons, and what they stand against."""

from datetime import timedelta

import pytest

from tests.systems.doctors.conftest import go_on
from tests.systems.doctors.test_penalties import TODAY, begun, city_desk, grounds
from yizheng.licensing.catalogue import item as item_called
from yizheng.people.scope import acting_as

__all__ = ["city_desk"]


@pytest.mark.django_db
class TestGrounds:
    def test_a_ground_is_entered_and_ended_by_two(self, doctor, city_desk, city):
        typed = {
            "ground": "R07", "since": (TODAY - timedelta(days=9)).isoformat(), "authority_name": "北京安定医院",
            "document_number": "诊断 7 号",
        }  # fmt: skip
        case = begun(city_desk.reviewer, doctor, city, "doctor_refusal_ground_record", {"ground": typed})
        go_on(case, "enact", city_desk.decider, reason="文书属实。")
        assert grounds(doctor)["R07"].valid_from == TODAY - timedelta(days=9)
        ending = {
            "ground": "R07", "why": "ceased", "ended_on": TODAY.isoformat(), "document_number": "康复 8 号",
        }  # fmt: skip
        case = begun(city_desk.reviewer, doctor, city, "doctor_refusal_ground_end", {"ground_end": ending})
        go_on(case, "enact", city_desk.decider, reason="文书属实。")
        assert grounds(doctor)["R07"].valid_to == TODAY
        with acting_as(city_desk.reviewer):
            item = item_called("doctor_refusal_ground_end", TODAY)
            assert item.may_apply(doctor.subject_id or 0, TODAY) == "没有登记的不予注册情形"

    def test_a_ground_found_wrong_is_struck_out(self, doctor, city_desk, city):
        typed = {
            "ground": "R12", "since": TODAY.isoformat(), "for_life": True, "authority_name": "法院",
            "document_number": "判 1 号",
        }  # fmt: skip
        case = begun(city_desk.reviewer, doctor, city, "doctor_refusal_ground_record", {"ground": typed})
        go_on(case, "enact", city_desk.decider, reason="文书属实。")
        ending = {
            "ground": "R12", "why": "taken_back", "ended_on": TODAY.isoformat(), "document_number": "判 2 号",
        }  # fmt: skip
        case = begun(city_desk.reviewer, doctor, city, "doctor_refusal_ground_end", {"ground_end": ending})
        go_on(case, "enact", city_desk.decider, reason="再审改判。")
        assert grounds(doctor) == {}
