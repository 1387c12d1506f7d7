"""The public registers of doctors and nurses, composed in SQL to the same rows as publishing writes one by one."""

from yizheng.cli.bench.laboratory import Scale
from yizheng.cli.bench.steps import Steps
from yizheng.cli.bench.writing import copied, written
from yizheng.kernel.codes import table

PORTION = 200_000
_CODES = ("practice_level", "practice_category", "practice_scope", "district")


def build(steps: Steps, scale: Scale) -> None:
    """An entry for every doctor and every nurse, found by name and institution and by number."""

    def nurses(first: int, end: int) -> int:
        return written("public_nurses", scale.institutions, first + others, end + others)

    others = scale.people - scale.nurses
    codes = ((name, row.code, row.name) for name in _CODES for row in table(name).items())
    steps.once("codes", lambda: copied("bench_code", codes))
    steps.owner.execute("analyze bench_code, bench_house, bench_name, bench_person, doctors_registration")
    with steps.without_indexes("index-public", ["disclosure_publicpractitioner"]):
        steps.portions("public", scale.doctors, PORTION, lambda first, end: written("public_entries", first, end))
        steps.portions("public-nurses", scale.nurses, PORTION, nurses)
    steps.once("public-houses", lambda: written("public_institutions"))
