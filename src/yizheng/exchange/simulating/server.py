"""A simulated partner over HTTP on the loopback interface: tokens that run out, signatures checked, faults set while it runs.

``POST /faults`` takes {"rates": {"timeout": 0.05}, "next": ["half"]}; ``GET /`` tells what it holds and how it fails.
"""

import json
import secrets
import socket
from collections.abc import Mapping
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils import timezone

from yizheng.exchange.channels.protocol import BatchRefused, Envelope, TransportFault
from yizheng.exchange.channels.signing import NotSigned, verify
from yizheng.exchange.simulating.counterpart import FAULTS, Counterpart

CALLS_OF_A_TOKEN = 1000


class Simulator(ThreadingHTTPServer):
    """One partner with a counterpart for each of its channels; it knows its own code and the public key of the platform."""

    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], channels: Mapping[str, Counterpart], key: Ed25519PublicKey, code: str
    ) -> None:
        super().__init__(address, _Handler)
        self.channels, self.key, self.code = channels, key, code
        self.tokens: dict[str, int] = {}


class _Handler(BaseHTTPRequestHandler):
    server: Simulator
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        """Answers are small and awaited: send them at once."""
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)

    def do_GET(self) -> None:
        """What it holds and how it fails."""
        told = {
            code: {
                "held": len(each.held),
                "effects": len(each.effects),
                "rates": each.faults.rates,
                "next": each.faults.next,
            }
            for code, each in self.server.channels.items()
        }
        self._answer(200, {"channels": told, "faults": FAULTS})

    def do_POST(self) -> None:
        """One call."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        what = self.path.rsplit("/", 1)[-1]
        try:
            said = json.loads(body or b"{}")
            if what == "faults":
                self._set_faults(said)
                return
            verify(dict(self.headers.items()), self.server.code, self.path, body, self.server.key, now=timezone.now())
            self._asked(what, said)
        except NotSigned as fault:
            self._answer(403, {"note": str(fault)})
        except BatchRefused as refused:
            self._answer(422, {"note": str(refused)})
        except TransportFault as fault:
            self._fail(fault)
        except (KeyError, ValueError, TypeError):
            self._answer(400, {"note": "报文不符合约定"})

    def _asked(self, what: str, said: Mapping[str, Any]) -> None:
        if what == "token":
            token = secrets.token_urlsafe(16)
            self.server.tokens[token] = CALLS_OF_A_TOKEN
            self._answer(200, {"token": token})
            return
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.server.tokens.get(token, 0) <= 0:
            self._answer(401, {"note": "令牌失效"})
            return
        self.server.tokens[token] -= 1
        other = self.server.channels[said["channel"]]
        if what == "holdings":
            self._answer(200, {"held": other.holdings()})
        elif what == "judged":
            answers = other.judged([(str(key), int(version)) for key, version in said["sent"]])
            self._answer(200, {"answers": [asdict(each) for each in answers]})
        else:
            messages = [Envelope(**each) for each in said["messages"]]
            answers = [other.check(messages[0])] if what == "check" else other.send(messages)
            self._answer(200, {"answers": [asdict(each) for each in answers]})

    def _set_faults(self, said: Mapping[str, Any]) -> None:
        chosen = [said["channel"]] if said.get("channel") else list(self.server.channels)
        for code in chosen:
            faults = self.server.channels[code].faults
            faults.rates = {str(name): float(rate) for name, rate in said.get("rates", {}).items() if name in FAULTS}
            faults.next = [str(name) for name in said.get("next", []) if name in FAULTS]
        self._answer(200, {})

    def _fail(self, fault: TransportFault) -> None:
        """As the fault looks from outside."""
        if fault.kind == "token":
            self.server.tokens.clear()
            self._answer(401, {"note": str(fault)})
        elif fault.kind == "busy":
            self._answer(503, {"note": str(fault)})
        elif fault.kind == "garbled":
            self._answer(200, {"unheard": "of"})
        else:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(self, status: int, said: Mapping[str, Any]) -> None:
        content = json.dumps(said, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 — the name of the base class
        """Nothing: what it was asked is told by ``GET /``."""
