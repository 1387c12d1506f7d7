"""An outside library reads every resource, bundle and statement of the directory as FHIR, and says where one is not."""

from typing import Any

import pytest
from django.test import Client
from fhir.resources.R4B import get_fhir_model_class

from tests.gateway.test_directory import directory, read
from yizheng.gateway.fhir.resources import KINDS

__all__ = ["directory", "read"]

pytestmark = pytest.mark.django_db


def validated(said: dict[str, Any]) -> Any:
    """As the library understands it; nothing of it is lost."""
    model = get_fhir_model_class(said["resourceType"]).model_validate(said)
    assert set(model.model_dump(exclude_none=True)) | {"resourceType"} == set(said), said["resourceType"]
    return model


@pytest.mark.parametrize("name", KINDS)
def test_bundles_and_the_resources_in_them_are_what_the_standard_says(read: Any, name: str) -> None:
    for path in (name, f"{name}/_history"):
        bundle = read(path)[1]
        assert validated(bundle).entry, path
        for each in bundle["entry"]:
            validated(each["resource"])


def test_what_the_interface_says_of_itself_and_of_a_fault_too(client: Client, read: Any) -> None:
    assert validated(client.get("/fhir/metadata").json()).fhirVersion == "4.0.1"
    assert validated(read("Organization", _count="0")[1]).issue[0].severity == "error"
    assert validated(read("Organization/unheard-of")[1]).issue[0].code == "not-found"
