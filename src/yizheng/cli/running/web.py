"""How the web server is started, by `up` and by the measurements that ask it, and the port it listens on: free, or said to be taken."""

import socket
import sys
import time
import urllib.error
import urllib.request

from yizheng.cli.trouble import Trouble

HOST = "127.0.0.1"
DEFAULT = 8000
WORKERS = 2
CONNECTIONS = 4096
"""Open at once over both processes. One that sends nothing costs a descriptor and no thread."""


def require_free(port: int) -> None:
    """Raise `Trouble` when the port may not be used or somebody listens there already."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen(1)
        except PermissionError:
            raise Trouble(f"没有权限使用端口 {port}（1024 以下的端口须由管理员授权），请用 --port 另选一个") from None
        except OSError:
            raise Trouble(
                f"端口 {port} 已被其他程序占用，请用 --port 另选一个，例如 ./yizheng up --port {port + 1}"
            ) from None


def any_free() -> int:
    """A port that nobody listens on now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def answers(port: int, path: str, patience: float) -> bool:
    """Whether the address answers 200 within `patience` seconds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}{path}", timeout=5) as answer:
                if answer.status == 200:
                    return True
        except OSError:
            time.sleep(0.05)
    return False


def command(port: int, application: str = "yizheng.site.wsgi:front", interface: str = "rsgi") -> list[str]:
    """The words that start it on the port."""
    return [
        sys.executable, "-m", "granian", "--interface", interface, "--host", HOST, "--port", str(port),
        "--workers", str(WORKERS), "--blocking-threads", "1", "--http", "1", "--no-ws", "--backlog", str(CONNECTIONS),
        "--backpressure", str(CONNECTIONS // WORKERS), "--http1-header-read-timeout", "15000",
        "--respawn-failed-workers", "--workers-kill-timeout", "8", "--log-level", "warning", application,
    ]  # fmt: skip
