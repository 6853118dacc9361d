"""The daemon's page, as the charm asks it: by its JSON API, within the pod."""

import contextlib
import http.client
import json
import socket
import ssl
import time
from collections.abc import Callable
from typing import Any

import daemon

_SECONDS = 5.0
_MOST_BYTES = 32 * 1024 * 1024


class PageError(Exception):
    """The page does not answer, or refuses."""


class Page:
    """A way to the page. With TLS its certificate is verified for one of its own names."""

    def __init__(self, token: str, tls: daemon.Tls | None = None, host: str = "localhost", port: int = daemon.PORT):
        self._token = token
        self._tls = tls
        self._host = host
        self._port = port

    def get(self, path: str) -> Any:
        """Give what the page says at a path, as data. Raises PageError."""
        status, body = self._ask(path)
        found = _json(body)
        if status == http.client.OK:
            return found
        why = found.get("message") if isinstance(found, dict) else None
        raise PageError(str(why or f"the page answered with {status}"))

    def readiness(self) -> tuple[bool, list[str]]:
        """Whether the daemon sees what it is to see, and if not, why. Raises PageError."""
        _, body = self._ask("/readyz")
        found = _json(body)
        if not isinstance(found, dict):
            raise PageError("the page does not tell whether it is ready")
        return bool(found.get("ready")), [str(reason) for reason in found.get("reasons", ())]

    def wait(self, seconds: float, sleep: Callable[[float], None] = time.sleep) -> None:
        """Wait until it answers, but not longer than this."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(PageError):
                if self.readiness()[1] != ["starting"]:
                    return
            sleep(0.5)

    def _ask(self, path: str) -> tuple[int, bytes]:
        connection = self._connection()
        try:
            headers = {"Authorization": f"Bearer {self._token}", "Accept": "application/json"}
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read(_MOST_BYTES + 1)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise PageError(f"holdfast does not answer on port {self._port}") from error
        finally:
            connection.close()
        if len(body) > _MOST_BYTES:
            raise PageError("the answer is too large")
        return answer.status, body

    def _connection(self) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=_SECONDS)
        try:
            reached = socket.create_connection(("127.0.0.1", self._port), timeout=_SECONDS)
            connection.sock = self._secured(reached) if self._tls else reached
        except OSError as error:
            raise PageError(f"holdfast does not answer on port {self._port}") from error
        return connection

    def _secured(self, reached: socket.socket) -> ssl.SSLSocket:
        """Speak TLS; the authority is the one that the certificate came with."""
        context = ssl.create_default_context(cadata=self._tls.authority if self._tls else None)
        return context.wrap_socket(reached, server_hostname=self._host)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        raise PageError("the answer of the page cannot be read") from None
