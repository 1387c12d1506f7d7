"""The gallery served without a database."""

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from yizheng.shell.icons import FOLDER


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="session", autouse=True)
def built_assets() -> None:
    assert FOLDER.is_dir(), "the assets are not built: run ./yizheng up or ./yizheng test once"


@pytest.fixture(scope="session")
def gallery() -> Iterator[str]:
    """The address of the gallery."""
    patch = pytest.MonkeyPatch()
    patch.setattr(settings, "DEMO", True, raising=False)
    patch.setattr(settings, "ALLOWED_HOSTS", [*settings.ALLOWED_HOSTS, "127.0.0.1", "testserver"])
    server = make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/_gallery/"
    server.shutdown()
    thread.join()
    server.server_close()
    patch.undo()
