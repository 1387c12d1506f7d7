"""The suite is shared out by files, those that take longest first."""

from tests.sharing_out import SERVERS, share_of, turn_of


def test_a_file_is_one_share_and_the_servers_are_one_together() -> None:
    assert share_of("tests/work/test_jobs.py::TestJobs::test_one[a::b]") == "tests/work/test_jobs.py"
    assert {share_of(f"{file}::test") for file in SERVERS} == {"servers"}


def test_what_takes_longest_is_handed_out_first() -> None:
    shares = [
        "tests/kernel/test_names.py",
        "tests/journeys/test_nurses.py",
        "servers",
        "tests/systems/nurses/test_a.py",
    ]
    assert sorted(shares, key=turn_of) == [shares[2], shares[1], shares[3], shares[0]]
