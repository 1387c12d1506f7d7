"""The business items of doctors, in the order the catalogue lists them; each declares itself when it is read."""

from importlib import import_module

_ITEMS = (
    "changes.location", "changes.scope", "changes.assistant_upgrade", "changes.main_institution",
    "registration.reregistration", "registration.residency",
    "conduct.failed_assessment", "conduct.records", "conduct.penalty", "conduct.periodic_assessment",
    "conduct.suspension_end",
    "filings.leave", "filings.rehire",
    "military",
    "personal",
    "qualification.annulment", "qualification.correction", "qualification.reissue", "qualification.recognition",
    "qualification.speciality", "qualification.apprenticeship",
    "short_term.standing", "short_term.foreign_items", "short_term.foreign_team", "short_term.hmt_items",
    "special.items", "special.ending",
    "village.items",
    "registration.deregistration", "registration.first_registration", "filings.filing",
    "registration.tcm_specialist",
)  # fmt: skip

for _item in _ITEMS:
    import_module(f"yizheng.systems.doctors.{_item}")
