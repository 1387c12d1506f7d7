"""A module of jobs that moves to where the worker does not look drops out of the clock without a word."""

from yizheng.work.schedules import schedules


def test_the_worker_finds_every_schedule_of_the_platform() -> None:
    assert {each.name for each in schedules() if not each.name.startswith("test.")} == {
        "adverts.read_samples", "adverts.watch", "analysis.monthly", "disclosure.allowances", "disclosure.open_data",
        "disclosure.republish", "disclosure.tally", "documents.countersign", "documents.status_list",
        "documents.verify_attachments", "exchange.channel.acceptance", "exchange.channel.credit",
        "exchange.channel.ecertificates", "exchange.channel.internet_hospitals", "exchange.channel.internet_services",
        "exchange.channel.market_regulator",
        "exchange.channel.national_register", "exchange.channel.subscriber", "exchange.reconcile",
        "infection.recheck", "infection.remind", "infection.watch", "infection.watch_city",
        "licensing.deadlines", "licensing.deadlines_touched", "licensing.deem_accepted",
        "licensing.deem_granted", "licensing.lapse",
        "practitioners.watch", "practitioners.week", "registry.seal", "sequelae.escalate", "service.escalate",
        "service.inspect", "service.remind",
        "slices.retire", "slices.round", "subscriber.calendar", "supervision.judge", "work.approvals", "work.jobs",
    }  # fmt: skip
