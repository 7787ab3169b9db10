"""The same for asyncio: what waits, waits on a thread."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

from ._account import Account, Client, Waiting, Wish
from ._http import Response
from ._tools import Tool


class AsyncResponse:
    """As `Response`."""

    def __init__(self, answer: Response) -> None:
        self._answer = answer

    @property
    def status(self) -> int:
        return self._answer.status

    @property
    def headers(self) -> Mapping[str, str]:
        return self._answer.headers

    @property
    def ok(self) -> bool:
        return self._answer.ok

    async def read(self) -> bytes:
        return await asyncio.to_thread(self._answer.read)

    async def pieces(self) -> AsyncIterator[bytes]:
        source = self._answer.pieces()
        while piece := await asyncio.to_thread(next, source, b""):
            yield piece

    async def text(self) -> str:
        return (await self.read()).decode("utf-8")

    async def json(self) -> Any:
        await self.read()
        return self._answer.json()

    def close(self) -> None:
        self._answer.close()


class AsyncAccount:
    """As `Account`."""

    def __init__(self, account: Account) -> None:
        self._account = account

    @property
    def id(self) -> str:
        return self._account.id

    @property
    def task(self) -> str:
        return self._account.task

    @property
    def expires_at(self) -> str:
        return self._account.expires_at

    @property
    def grant(self) -> list[dict[str, Any]]:
        return self._account.grant

    @property
    def dropped(self) -> list[dict[str, Any]]:
        return self._account.dropped

    @property
    def endpoints(self) -> dict[str, str]:
        return self._account.endpoints

    async def fetch(
        self,
        service: str,
        path: str = "/",
        *,
        method: str | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | str | None = None,
        json: Any = None,
    ) -> AsyncResponse:
        return AsyncResponse(
            await asyncio.to_thread(
                self._account.fetch,
                service,
                path,
                method=method,
                headers=headers,
                body=body,
                json=json,
            )
        )

    async def tools(self) -> list[Tool]:
        return await asyncio.to_thread(self._account.tools)

    async def call(self, tool: Tool, given: Mapping[str, Any] | None = None) -> AsyncResponse:
        return AsyncResponse(await asyncio.to_thread(self._account.call, tool, given))

    async def renew(self) -> None:
        await asyncio.to_thread(self._account.renew)

    async def widen(
        self,
        reason: str,
        *,
        task: str | None = None,
        wait: float | None = None,
        waiting: Waiting | None = None,
    ) -> None:
        await asyncio.to_thread(self._account.widen, reason, task=task, wait=wait, waiting=waiting)

    def account(self, task: str, **wishes: Any) -> AsyncOpening:
        """An account for a sub-agent, inside this one: `async with account.account("…") as inner:`."""
        return AsyncOpening(self._account._client, Wish(task, **wishes), self.id)

    async def close(self) -> None:
        await asyncio.to_thread(self._account.close)


class AsyncOpening:
    """An account that is about to be opened."""

    def __init__(self, client: Client, wish: Wish, parent: str | None) -> None:
        self._client = client
        self._wish = wish
        self._parent = parent
        self._opened: Account | None = None

    async def __aenter__(self) -> AsyncAccount:
        opening = asyncio.ensure_future(asyncio.to_thread(self._client.open, self._wish, self._parent))
        try:
            self._opened = await asyncio.shield(opening)
        except asyncio.CancelledError:
            # A thread cannot be stopped: what it opens after all is ended at once.
            opening.add_done_callback(_end_at_once)
            raise
        return AsyncAccount(self._opened)

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if self._opened is not None:
            await asyncio.shield(asyncio.to_thread(self._opened.__exit__, kind, error, trace))


def _end_at_once(opening: asyncio.Future[Account]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        asyncio.get_running_loop().run_in_executor(None, opening.result().close)
