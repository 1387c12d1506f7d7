"""A channel whose partner stands in this process."""

import pytest

from tests.cast import new_subject
from tests.exchange.channels import Sample
from yizheng.exchange.channels import declaring
from yizheng.people.models import Scope


@pytest.fixture
def sample(haidian: Scope, monkeypatch: pytest.MonkeyPatch) -> Sample:
    made = Sample(haidian.pk, new_subject("institution").pk)
    monkeypatch.setitem(declaring._declared, "sample", made.channel)
    return made
