"""How the web server is started: by `up`, and by the measurements that ask it."""

import sys

from yizheng.cli.running import ports

WORKERS = 2
CONNECTIONS = 4096
"""Open at once over both processes. One that sends nothing costs a descriptor and no thread."""


def command(port: int, application: str = "yizheng.site.wsgi:front", interface: str = "rsgi") -> list[str]:
    """The words that start it on the port."""
    return [
        sys.executable, "-m", "granian", "--interface", interface, "--host", ports.HOST, "--port", str(port),
        "--workers", str(WORKERS), "--blocking-threads", "1", "--http", "1", "--no-ws", "--backlog", str(CONNECTIONS),
        "--backpressure", str(CONNECTIONS // WORKERS), "--http1-header-read-timeout", "15000",
        "--respawn-failed-workers", "--workers-kill-timeout", "8", "--log-level", "warning", application,
    ]  # fmt: skip
