"""The agent's identity on this host: who it is, whom it trusts, and where its server is."""

from __future__ import annotations

import os
import re
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from .errors import NoIdentity

# What `daypass run` says; no other host, nobody named in it.
_LOOPBACK = re.compile(r"http://127\.0\.0\.1:\d{1,5}/[A-Za-z0-9_-]+")
_AGAIN = "enrol with: daypass agent enrol --token TOKEN"


@dataclass(frozen=True)
class Server:
    """Where a server is."""

    host: str
    port: int
    plain: bool = False
    base: str = field(default="", compare=False)

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'http' if self.plain else 'https'}://{host}:{self.port}{self.base}"


@dataclass(frozen=True)
class Identity:
    """What connects as the agent: mutual TLS 1.3, to servers of the agent's own authority only."""

    server: Server
    tls: ssl.SSLContext | None

    @staticmethod
    def read(directory: str | os.PathLike[str] | None = None) -> Identity:
        """Reads what `daypass agent enrol` wrote; by default `~/.daypass/identity`.

        Under `daypass run`, and without a directory, it is the run that speaks: accounts lie below its
        own, and no key is needed here.
        """
        run = os.environ.get("DAYPASS_URL", "")
        if directory is None and _LOOPBACK.fullmatch(run):
            parts = urlsplit(run)
            return Identity(Server("127.0.0.1", parts.port or 80, True, f"{parts.path}/.api"), None)
        place = Path(directory) if directory is not None else Path.home() / ".daypass" / "identity"
        try:
            server = _server((place / "server").read_text("utf-8").strip())
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            tls.minimum_version = ssl.TLSVersion.TLSv1_3
            tls.load_verify_locations(place / "ca.pem")
            tls.load_cert_chain(place / "cert.pem", place / "key.pem")
        except FileNotFoundError:
            raise NoIdentity(f"no agent identity in `{place}`; {_AGAIN}") from None
        except (OSError, ValueError) as e:
            raise NoIdentity(f"agent identity in `{place}` cannot be used: {e}; {_AGAIN}") from e
        return Identity(server, tls)


def _server(url: str) -> Server:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError(f"`{url}` is no https URL")
    return Server(parts.hostname, parts.port or 443)
