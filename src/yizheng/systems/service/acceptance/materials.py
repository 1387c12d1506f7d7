"""What the program is made of: its packages with versions and licences, its own files with a digest over all (12.1, 12.2)."""

import hashlib
import json
from datetime import date
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

import yizheng

SOURCE = Path(yizheng.__file__).parent
_KINDS = frozenset({".py", ".html", ".css", ".js", ".csv", ".toml", ".sql", ".typ", ".json", ".txt"})


def packages() -> list[tuple[str, str, str]]:
    """Name, version and licence of everything installed beside the program, by name."""
    found = {each.metadata["Name"].lower(): each for each in distributions() if each.metadata["Name"]}
    return [(name, found[name].version, _licence(found[name])) for name in sorted(found)]


def _licence(package: Distribution) -> str:
    named = [told for name in ("License-Expression", "License") for told in package.metadata.get_all(name) or []]
    classed = [
        each.rpartition(" :: ")[2] for each in package.metadata.get_all("Classifier") or [] if "License ::" in each
    ]
    return next((told for told in named if 0 < len(told) < 60), "、".join(classed)) or "未写明"


def source_files() -> list[tuple[str, int, str]]:
    """Path, size and SHA-256 of every file of the source."""
    paths = sorted(path for path in SOURCE.rglob("*") if path.suffix in _KINDS and "vendor" not in path.parts)
    return [
        (str(path.relative_to(SOURCE)), path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in paths
    ]


def source_digest(listed: list[tuple[str, int, str]]) -> str:
    """One digest over the list: who builds the source again compares this alone."""
    return hashlib.sha256("\n".join(f"{digest}  {name}" for name, _, digest in listed).encode()).hexdigest()


def bill_of_materials(on: date) -> str:
    """The packages in the form of CycloneDX 1.5."""
    components: list[dict[str, Any]] = [
        {"type": "library", "name": name, "version": version, "purl": f"pkg:pypi/{name}@{version}",
         "licenses": [{"license": {"name": licence}}]}
        for name, version, licence in packages()
    ]  # fmt: skip
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": f"{on:%Y-%m-%d}T00:00:00+08:00",
            "component": {"type": "application", "name": "yizheng"},
        },
        "components": components,
    }
    return json.dumps(bill, ensure_ascii=False, indent=1)
