"""File formats the register of doctors takes in, one a file."""

from importlib import import_module

for _format in ("exam_results", "qualifications", "qualification_issue", "military"):
    import_module(f"{__name__}.{_format}")
