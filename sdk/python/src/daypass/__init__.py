"""Daypass gives an AI agent a temporary account for one task instead of a permanent key.

    import daypass

    with daypass.account("find the cheapest flight from New York to London") as acc:
        print(acc.fetch("flights", "/offers?from=NYC&to=LON").json())

The account has what the words justify and nothing else, and is gone when the block ends. With asyncio the
same words work: `async with daypass.account(…) as acc: await acc.fetch(…)`.
"""

from __future__ import annotations

import threading
from typing import Any

from ._account import Account, Client, Wish
from ._aio import AsyncAccount, AsyncOpening, AsyncResponse
from ._http import Response
from ._tools import Tool
from .errors import (
    Closed,
    DaypassError,
    Denied,
    Ended,
    NoIdentity,
    NotApproved,
    NotEnrolled,
    NothingGranted,
    NotPermitted,
    NotUnderstood,
    Refused,
    TooMany,
    Unavailable,
    Unreachable,
)

__all__ = [
    "Account",
    "AsyncAccount",
    "AsyncResponse",
    "Client",
    "Closed",
    "DaypassError",
    "Denied",
    "Ended",
    "NoIdentity",
    "NotApproved",
    "NotEnrolled",
    "NotPermitted",
    "NotUnderstood",
    "NothingGranted",
    "Opening",
    "Refused",
    "Response",
    "TooMany",
    "Tool",
    "Unavailable",
    "Unreachable",
    "Wish",
    "account",
    "open",
]
__version__ = "0.1.0"

_lock = threading.Lock()
_client: Client | None = None


class Opening(AsyncOpening):
    """An account that is about to be opened: for `with` or `async with`."""

    def __enter__(self) -> Account:
        self._opened = self._client.open(self._wish, self._parent)
        return self._opened

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if self._opened is not None:
            self._opened.__exit__(kind, error, trace)


def account(
    task: str, *, client: Client | None = None, parent: str | None = None, **wishes: Any
) -> Opening:
    """An account for a task; see `Wish` for what else may be asked. `parent` is the id of the account
    of another agent, which named this one as its delegate.

    Raises what `errors` lists when the block is entered.
    """
    return Opening(client or _default(), Wish(task, **wishes), parent)


def open(task: str, *, client: Client | None = None, **wishes: Any) -> Account:
    """Opens an account without a block; end it with `close`."""
    return (client or _default()).open(Wish(task, **wishes))


def _default() -> Client:
    global _client
    with _lock:
        if _client is None:
            _client = Client()
        return _client
