"""A session of the outside client library whose requests reach the pages without a network."""

from typing import Any
from urllib.parse import urlsplit

import requests
from django.test import Client
from requests.adapters import BaseAdapter


class Through(BaseAdapter):
    """An adapter that asks the test client."""

    def __init__(self, client: Client) -> None:
        super().__init__()
        self._client = client

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """One request."""
        parts = urlsplit(request.url or "")
        body = request.body if isinstance(request.body, bytes) else (request.body or "").encode()
        headers = {name: str(value) for name, value in request.headers.items()}
        told = self._client.generic(
            request.method or "GET",
            f"{parts.path}?{parts.query}",
            body,
            content_type=headers.get("Content-Type", "application/octet-stream"),
            headers=headers,
        )
        answer = requests.Response()
        answer.status_code, answer._content, answer.url = told.status_code, told.content, request.url or ""
        answer.headers.update(dict(told.headers))
        answer.request = request
        return answer

    def close(self) -> None:
        """Nothing is open."""


def session(client: Client, token: str) -> requests.Session:
    """A session with a token."""
    made = requests.Session()
    made.mount("http://", Through(client))
    made.headers["Authorization"] = f"Bearer {token}"
    return made
