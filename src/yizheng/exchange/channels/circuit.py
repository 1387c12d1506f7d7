"""熔断: a partner that cannot be reached is left alone for a while, then asked with one message; it closes by itself."""

from datetime import datetime, timedelta

from yizheng.exchange.models import Circuit

OPENS_AFTER = 5
"""Transport faults in a row."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=10)


def circuit_of(channel: str) -> Circuit:
    """The circuit of a channel."""
    return Circuit.objects.get_or_create(channel=channel)[0]


def allowance(circuit: Circuit, now: datetime, batch: int) -> int:
    """How many messages the next call may carry: a batch, one to try with, or none during a pause."""
    if circuit.opened is None:
        return batch
    return 1 if circuit.again is not None and now >= circuit.again else 0


def succeeded(circuit: Circuit) -> None:
    """The partner answered: the circuit is closed."""
    if circuit.faults or circuit.opened:
        circuit.faults, circuit.pauses, circuit.opened, circuit.again = 0, 0, None, None
        circuit.save()


def failed(circuit: Circuit, now: datetime) -> None:
    """The partner did not answer: after several faults, or one while trying, the channel pauses, each time longer."""
    circuit.faults += 1
    if circuit.opened is not None or circuit.faults >= OPENS_AFTER:
        circuit.opened = circuit.opened or now
        circuit.again = now + min(FIRST_PAUSE * 2**circuit.pauses, LONGEST_PAUSE)
        circuit.pauses += 1
    circuit.save()


def close(channel: str) -> None:
    """An engineer has the channel send at once."""
    succeeded(circuit_of(channel))
