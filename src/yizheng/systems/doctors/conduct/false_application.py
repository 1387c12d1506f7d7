"""虚假申请记录 of doctors (行政许可法 第七十八条)."""

from yizheng.kernel.statutes import licensing_law
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.registered_item import RecordedAct
from yizheng.systems.practitioners.conduct import false_application


@declare
class FalseApplicationRecord(false_application.FalseApplicationRecord, RecordedAct):
    """虚假申请记录."""

    code = "doctor_false_application_record"
    checks = (status_permits(code), false_application.of_a_refused_case("D-G03", licensing_law(78)))
