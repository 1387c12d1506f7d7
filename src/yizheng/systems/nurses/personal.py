"""补证换证, 个人信息变更: a nurse's certificate made again with its number, and what the register says of the person."""

from yizheng.kernel.statutes import licensing_law
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Stage
from yizheng.systems.nurses.item import PERMITTED, NurseItem, kept_here
from yizheng.systems.practitioners import certificate_reissue, info_change


@declare
class CertificateReissue(certificate_reissue.CertificateReissue, NurseItem):
    """护士执业证书补证、换证: number and term stay."""

    code, title, short_title = "nurse_reissue", "护士执业证书补证换证", "护士补证换证"
    certificate_name, number_name = "护士执业证书", "编号、有效期"
    checks = (
        PERMITTED.status_permits(code),
        kept_here,
        certificate_reissue.certificate_in_force("N-CERTIFICATE"),
        certificate_reissue.loss_is_told("N-LOSS"),
    )


@declare
class InfoChange(info_change.InfoChange, NurseItem):
    """护士个人信息变更: the institution confirms; the number of the certificate stays."""

    code, title, short_title = "nurse_info_change", "护士个人信息变更", "护士信息变更"
    route = (Stage.CONFIRM, Stage.ACCEPT, Stage.DECIDE)
    checks = (
        PERMITTED.status_permits(code),
        kept_here,
        info_change.something_changes("N-NOTHING", licensing_law(49)),
        info_change.number_is_free("N-TAKEN", licensing_law(49)),
    )
