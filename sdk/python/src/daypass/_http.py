"""HTTP over connections that stay open, for one identity."""

from __future__ import annotations

import http.client
import json
import selectors
import socket
import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from ._identity import Identity, Server
from .errors import Unreachable

_IDLE_MAX = 32
_PIECE = 65_536
_FRAMING = frozenset(
    (
        "connection", "content-length", "dpop", "expect", "host", "http2-settings", "keep-alive",
        "te", "trailer", "transfer-encoding", "upgrade",
    )
)
_SAFE = ("GET", "HEAD", "OPTIONS")
_PLAIN = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?[]@!$&'()*+,;=%"
)


class Response:
    """An answer. Its body is read once, whole or in pieces, while the account's block runs."""

    def __init__(self, answer: http.client.HTTPResponse, pool: Pool, wire: http.client.HTTPConnection) -> None:
        self._answer = answer
        self._pool = pool
        self._wire: http.client.HTTPConnection | None = wire
        self._body: bytes | None = None
        self.status: int = answer.status
        headers: dict[str, str] = {}
        for name, value in answer.getheaders():
            known = headers.get(name.lower())
            headers[name.lower()] = value if known is None else f"{known}, {value}"
        self.headers: Mapping[str, str] = headers

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def read(self) -> bytes:
        """The whole body."""
        if self._body is None:
            self._body = b"".join(self.pieces())
        return self._body

    def pieces(self) -> Iterator[bytes]:
        """The body as it arrives."""
        try:
            while piece := self._answer.read1(_PIECE):
                yield piece
        except (OSError, http.client.HTTPException) as e:
            self.close()
            raise Unreachable(f"the answer broke off: {_reason(e)}") from e
        self._give_back()

    def text(self) -> str:
        return self.read().decode("utf-8")

    def json(self) -> Any:
        return json.loads(self.read())

    def _give_back(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            whole = self._answer.isclosed() or self._answer.length == 0
            self._answer.close()
            self._pool.take_back(wire, whole and not self._answer.will_close)

    def close(self) -> None:
        """Gives up what was not read."""
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()

    def __del__(self) -> None:
        self.close()


class Pool:
    """The open connections to a server. Safe to share between threads."""

    def __init__(self, identity: Identity, timeout: float) -> None:
        self._identity = identity
        self._timeout = timeout
        self._idle: dict[Server, list[http.client.HTTPConnection]] = {}
        self._lock = threading.Lock()

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float | None = None,
    ) -> Response:
        """Sends a request and reads the head of the answer.

        What changes nothing is sent once more, where a connection that had been idle was closed.
        """
        parts = urlsplit(url)
        plain = parts.scheme == "http"
        server = Server(parts.hostname or "", parts.port or (80 if plain else 443), plain)
        own = self._identity.server
        if plain != (self._identity.tls is None) or (plain and server != own):
            raise Unreachable(f"{url} is not where this identity speaks")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        wire = self._reused(server)
        if wire is not None:
            try:
                return self._sent(wire, method, path, headers, body, timeout)
            except (OSError, http.client.HTTPException) as e:
                wire.close()
                if method not in _SAFE or isinstance(e, TimeoutError):
                    raise Unreachable(
                        f"{server.url} did not answer: {_reason(e)}; it may have done what was asked"
                    ) from e
        wire = self._new(server)
        try:
            return self._sent(wire, method, path, headers, body, timeout)
        except (OSError, http.client.HTTPException) as e:
            wire.close()
            raise Unreachable(f"{server.url} does not answer: {_reason(e)}") from e

    def _new(self, server: Server) -> http.client.HTTPConnection:
        if server.plain:
            return http.client.HTTPConnection(server.host, server.port, timeout=self._timeout)
        return http.client.HTTPSConnection(
            server.host, server.port, timeout=self._timeout, context=self._identity.tls
        )

    def _sent(
        self,
        wire: http.client.HTTPConnection,
        method: str,
        path: str,
        headers: Mapping[str, str] | None,
        body: bytes | None,
        timeout: float | None,
    ) -> Response:
        if wire.sock is None:
            wire.connect()
        wire.sock.settimeout(self._timeout if timeout is None else timeout)
        wire.request(method, path, body, dict(headers or {}))
        return Response(wire.getresponse(), self, wire)

    def _reused(self, server: Server) -> http.client.HTTPConnection | None:
        while True:
            with self._lock:
                idle = self._idle.get(server)
                if not idle:
                    return None
                wire = idle.pop()
            if wire.sock is not None and not _readable(wire.sock):
                return wire
            wire.close()  # what it has to say unasked is that it is closed

    def take_back(self, wire: http.client.HTTPConnection, good: bool) -> None:
        """Keeps a connection whose answer was read to its end."""
        plain = not isinstance(wire, http.client.HTTPSConnection)
        server = Server(wire.host, wire.port, plain)
        with self._lock:
            idle = self._idle.setdefault(server, [])
            if good and len(idle) < _IDLE_MAX:
                idle.append(wire)
                return
        wire.close()

    def close(self) -> None:
        with self._lock:
            wires = [wire for idle in self._idle.values() for wire in idle]
            self._idle.clear()
        for wire in wires:
            wire.close()


def target(endpoint: str, path: str) -> str:
    """Where `path` of a service leads.

    Raises `ValueError` where it would not stay below `endpoint`, so that no token goes elsewhere.
    """
    if not _PLAIN.issuperset(path):
        raise ValueError(f"path {path!r} has characters that must be percent-encoded")
    place = path.split("?", 1)[0]
    if "://" in place or place.startswith("//"):
        raise ValueError(f"path {path!r} must be one of the service, not a URL")
    if any(unquote(segment) in (".", "..") for segment in place.split("/")):
        raise ValueError(f"path {path!r} leads out of the service")
    base = endpoint.rstrip("/")
    if not path or path.startswith(("/", "?")):
        return base + path
    return f"{base}/{path}"


def refuse_framing(names: Iterable[str]) -> None:
    """Raises `ValueError` where a header field would frame, route or prove a message."""
    for name in names:
        lower = name.lower()
        if lower in _FRAMING or lower.startswith("proxy-"):
            raise ValueError(f"header field {name!r} is not a caller's to say")


def _readable(sock: socket.socket) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_READ)
        return bool(selector.select(0))


def _reason(e: BaseException) -> str:
    return str(e) or type(e).__name__
