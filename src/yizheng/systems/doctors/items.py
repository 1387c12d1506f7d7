"""The business items of doctors, in the order the catalogue lists them; each declares itself when it is read."""

from importlib import import_module

_BUSINESSES = {
    "changes": ("location", "scope", "assistant_upgrade", "category", "main_institution"),
    "registration": ("reregistration", "residency"),
    "conduct": ("failed_assessment", "records", "penalty", "periodic_assessment", "suspension_end"),
    "filings": ("leave", "rehire"),
    "military": ("registration", "to_local_qualification"),
    "": ("personal",),
    "qualification": ("annulment", "correction", "reissue", "recognition", "speciality"),
    "short_term": ("standing", "foreign_items", "foreign_team", "hmt_items"),
    "special": ("items", "ending"),
    "village": ("items",),
}
_LAST = (
    "registration.deregistration",
    "registration.first_registration",
    "filings.filing",
    "registration.tcm_specialist",
)

for _business, _items in _BUSINESSES.items():
    for _item in _items:
        import_module(f"yizheng.systems.doctors.{_business}.{_item}".replace("..", "."))
for _item in _LAST:
    import_module(f"yizheng.systems.doctors.{_item}")
