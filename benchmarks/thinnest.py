"""The thinnest Python server there is: a WSGI function, one prepared query, a text. No limit, no page, no headers."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

import psycopg

_kept = threading.local()
_BY_NAME = """
select name, sex, level, category, stored_main, stored_periods from disclosure_publicpractitioner
where name_key = %s and strpos(institution_keys, %s) > 0 order by subject limit 21
"""
_BY_NUMBER = """
select name, sex, level, category, stored_main, stored_periods from disclosure_publicpractitioner
where practice_number = %s order by subject limit 21
"""
_BY_ADDRESS = (
    "select name, sex, level, category, stored_main, stored_periods from disclosure_publicpractitioner where token = %s"
)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The rows as they are, joined."""
    path = environ["PATH_INFO"]
    if path == "/healthz":
        start_response("200 OK", [])
        return [b""]
    body = "\n".join(map(str, _rows(path, environ))).encode()
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]


def _rows(path: str, environ: dict[str, Any]) -> list[tuple[Any, ...]]:
    if environ["REQUEST_METHOD"] == "POST":
        asked = dict(parse_qsl(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()))
        return _ask(_BY_NUMBER, [asked["number"]])
    if environ["QUERY_STRING"]:
        asked = dict(parse_qsl(environ["QUERY_STRING"]))
        return _ask(_BY_NAME, [asked["name"], asked["institution"]])
    return _ask(_BY_ADDRESS, [path.rstrip("/").rpartition("/")[2]])


def _ask(statement: str, values: list[str]) -> list[tuple[Any, ...]]:
    connection = getattr(_kept, "connection", None)
    if connection is None:
        connection = _kept.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    return connection.execute(statement, values, prepare=True).fetchall()
