"""行为记录, 虚假申请记录, 不予注册情形 of doctors.

医师法 第十六条、第十九条、第四十二条、第五十八条; 医师定期考核管理办法 第十八条; 医师执业注册管理办法 第六条; 行政许可法 第七十八条.
"""

from yizheng.kernel.statutes import (
    assessment_rules,
    licensing_law,
    penalty_law,
    physicians_law,
    registration_rules,
)  # fmt: skip
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.item import RecordedAct, RegisteredItem
from yizheng.systems.doctors.permitted import kept_here, status_permits
from yizheng.systems.practitioners.conduct import false_application, grounds, record

_CONDUCT = record.rules("D", assessment_rules(18))


@declare
class ConductReport(record.ConductReport, RegisteredItem):
    """行为记录: by the institution."""

    code, title = "doctor_conduct_record", "医师行为记录"
    articles = (physicians_law(42), assessment_rules(18))
    checks = (status_permits(code), kept_here, *_CONDUCT)


@declare
class ConductDecision(record.ConductDecision, RecordedAct):
    """行为记录: by the authority."""

    code, title = "doctor_conduct_decision", "医师行为记录（主管部门）"
    articles = ConductReport.articles
    checks = (status_permits(code), kept_here, *_CONDUCT)


@declare
class FalseApplicationRecord(false_application.FalseApplicationRecord, RecordedAct):
    """虚假申请记录."""

    code = "doctor_false_application_record"
    checks = (status_permits(code), false_application.of_a_refused_case("D-G03", licensing_law(78)))


@declare
class GroundRecord(grounds.GroundRecord, RecordedAct):
    """不予注册情形登记."""

    code = "doctor_refusal_ground_record"
    articles = (physicians_law(16), physicians_law(58), registration_rules(6))
    checks = (
        status_permits(code),
        grounds.has_come_about("D-RG01", physicians_law(16)),
        grounds.ends_as_the_ground_does("D-RG02", physicians_law(16), physicians_law(58)),
    )


@declare
class GroundEnd(grounds.GroundEnd, RecordedAct):
    """不予注册情形终止."""

    code = "doctor_refusal_ground_end"
    articles = (physicians_law(19), penalty_law(75, 2))
    checks = (
        status_permits(code),
        grounds.stands_on_record("D-RG11", physicians_law(19)),
        grounds.ceases_after_it_began("D-RG12", physicians_law(19)),
    )
