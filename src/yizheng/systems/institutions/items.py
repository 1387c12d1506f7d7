"""The business items of institutions, in the order the catalogue lists them; each declares itself when it is read."""

from importlib import import_module

_ITEMS = (
    "setup.approval",
    "registration.registering",
    "changes.change",
    "certificates.reissue",
    "certificates.renewal",
    "filings.founding",
    "filings.elderly",
    "filings.changing",
    "filings.ending",
    "suspension.items",
    "filings.pausing",
    "filings.visiting",
    "filings.striking",
    "internet.standing",
    "internet.independent",
    "technologies.filing",
    "examination.registering",
    "verifying.items",
    "closing.items",
    "penalties.recording",
    "penalties.unlisting",
)

for _item in _ITEMS:
    import_module(f"yizheng.systems.institutions.{_item}")
