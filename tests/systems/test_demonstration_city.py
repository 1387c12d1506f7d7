"""The demonstration city: built once, all or nothing, with something to do at every desk."""

import time

import pytest

from yizheng.cli import demo


@pytest.mark.django_db(transaction=True)
def test_x():
    t = time.time()

    def p(s):
        print(f"{time.time() - t:6.1f} {s}", flush=True)

    import cProfile

    pr = cProfile.Profile()
    pr.enable()
    try:
        print(demo.build(p))
        p("done")
    finally:
        pr.disable()
        pr.dump_stats("/tmp/demo.prof")
