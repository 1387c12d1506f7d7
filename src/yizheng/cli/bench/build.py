"""Build the data of a scale (`python -m yizheng.cli.bench.build SCALE`): once, and from where it stopped if it stopped.

Every portion is a transaction that also notes itself, with its rows and seconds, in `bench_step`; so a build that was
broken off goes on, and what loading cost stays known. Facts are loaded by the job role through
`registry.load_states`; the owner makes the tables of this folder and takes indexes away while keys are copied.
"""

import logging
import os
import sys

import django
import psycopg

from yizheng.cli.bench.laboratory import SCALES


def main(scale_name: str) -> int:
    """Build what is missing."""
    from yizheng.cli.bench.invented import facts, houses, keys, names, people, public
    from yizheng.cli.bench.steps import Steps

    scale = SCALES[scale_name]
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        steps = Steps(owner)
        steps.make_tables()
        if steps.finished():
            return 0
        for part in (names, houses, people, facts, keys, public):
            part.build(steps, scale)
        steps.finish()
    return 0


if __name__ == "__main__":
    django.setup()
    logging.disable(logging.INFO)
    sys.exit(main(sys.argv[1]))
