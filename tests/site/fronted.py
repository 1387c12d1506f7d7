"""A small application behind the front, for its tests: it says what it was sent, slowly where it is asked to."""

import hashlib
import json
import time

from yizheng.site import front as fronts

fronts.PATIENCE = 3.0
fronts.LONGEST_BODY = 3 * 1024 * 1024


def pages(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        time.sleep(1)
    if environ["PATH_INFO"] == "/fault":
        raise ValueError("no")
    start_response("200 OK", [("Content-Type", "application/json")])
    if environ["PATH_INFO"] == "/long":
        return (b"0123456789" * 1000 for _ in range(500))
    body = environ["wsgi.input"].read()
    said = {name: value for name, value in environ.items() if isinstance(value, str)}
    return [json.dumps({**said, "length": len(body), "digest": hashlib.sha256(body).hexdigest()}).encode()]


front = fronts.Front(pages, lambda *_: None)
