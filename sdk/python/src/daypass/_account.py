"""Temporary accounts, for code that waits."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from . import _events
from ._http import Pool, refuse_framing, Response, target
from ._identity import Identity
from ._tools import Tool, tool_request
from .errors import Closed, DaypassError, NotApproved, Refused, Unavailable, Unreachable, is_problem, refusal

_RENEW_BEFORE = 30.0  # seconds
_AGAIN_SECONDS = 1.0
_AT_FIRST_SECONDS = 0.01  # somebody may have been asked before, and agree at once

Waiting = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True)
class Wish:
    """What is asked of an account.

    `ttl` is in seconds, or a `timedelta`; `calls` bounds the calls; nothing outside `services` is
    granted; `on_behalf_of` is a user's token; `delegates` names other agents that may open accounts
    below this one, `depth` bounds for how many generations; `wait` is how long to wait for a human, in
    seconds (0 does not wait; without it, as long as the server does); `waiting` is told whom it waits for.
    """

    task: str
    ttl: float | timedelta | None = None
    services: Sequence[str] = ()
    calls: int | None = None
    on_behalf_of: str | None = None
    trust: Sequence[str] = ()
    delegates: Sequence[str] = ()
    depth: int | None = None
    wait: float | None = None
    waiting: Waiting | None = field(default=None, compare=False)

    def body(self, parent: str | None) -> dict[str, Any]:
        ttl = self.ttl.total_seconds() if isinstance(self.ttl, timedelta) else self.ttl
        said: dict[str, Any] = {"task": self.task}
        if ttl is not None:
            said["ttl"] = int(ttl)
        if self.services:
            said["services"] = list(self.services)
        if self.calls is not None:
            said["budget"] = {"calls": self.calls}
        if self.on_behalf_of is not None:
            said["on_behalf_of"] = self.on_behalf_of
        if self.trust:
            said["trust"] = list(self.trust)
        if self.delegates:
            said["delegates"] = list(self.delegates)
        if self.depth is not None:
            said["depth"] = self.depth
        if parent is not None:
            said["parent"] = parent
        return said


class Client:
    """A connection to the server that the agent enrolled at. Safe to share between threads."""

    def __init__(self, identity: str | os.PathLike[str] | None = None, timeout: float = 60.0) -> None:
        self._identity = Identity.read(identity)
        self._pool = Pool(self._identity, timeout)

    def open(self, wish: Wish, parent: str | None = None) -> Account:
        """Opens an account, and waits for a human where one must agree first."""
        told = self.ask("POST", "/v1/accounts", wish.body(parent))
        if told.get("state") != "awaiting_approval":
            return Account(self, told)
        try:
            if wish.waiting is not None:
                wish.waiting(told)
            self._approved(told["id"], wish.wait)
            return Account(self, {**self.show(told["id"]), **self.token(told["id"])})
        except BaseException:
            self._give_up(told["id"])
            raise

    def show(self, account: str) -> dict[str, Any]:
        return self.ask("GET", f"/v1/accounts/{account}")

    def token(self, account: str) -> dict[str, Any]:
        return self.ask("POST", f"/v1/accounts/{account}/token")

    def complete(self, account: str) -> dict[str, Any]:
        return self.ask("POST", f"/v1/accounts/{account}/complete")

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Asks the agent API, and raises what it refuses."""
        headers = {"content-type": "application/json"} if body is not None else {}
        sent = json.dumps(body).encode() if body is not None else None
        answer = self._pool.send(method, self._identity.server.url + path, headers, sent)
        whole = answer.read()
        refused = refusal(answer.status, answer.headers, whole)
        if refused is not None:
            raise refused
        if not answer.ok:
            raise DaypassError(f"the server answered {answer.status}, which is not of its API")
        told = json.loads(whole)
        if not isinstance(told, dict):
            raise DaypassError("the server's answer is not of its API")
        return told

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        return self._pool.send(method, url, headers, body)

    def _give_up(self, account: str) -> None:
        try:
            self.complete(account)
        except DaypassError:
            pass  # it ends at its deadline

    def _approved(self, account: str, seconds: float | None) -> None:
        """Follows the account's events until a human has decided."""
        until = None if seconds is None else time.monotonic() + seconds
        last = ""
        while True:
            try:
                state, last = self._follow(account, last, until)
            except (Unreachable, Unavailable):
                state = ""
            if state == "active":
                return
            if state == "ended":
                reason = self.show(account).get("reason", "over")
                raise NotApproved(f"nobody agreed to it: {reason}")
            if until is not None and time.monotonic() >= until:
                raise NotApproved(f"nobody agreed within {seconds:g} seconds")
            time.sleep(_AGAIN_SECONDS)

    def _follow(self, account: str, last: str, until: float | None) -> tuple[str, str]:
        left = None if until is None else max(0.1, until - time.monotonic())
        answer = self._pool.send(
            "GET",
            f"{self._identity.server.url}/v1/accounts/{account}/events",
            {"last-event-id": last} if last else {},
            timeout=left,
        )
        if answer.status == 204:
            answer.read()
            return "ended", last
        if answer.status != 200:
            raise refusal(answer.status, answer.headers, answer.read()) or DaypassError(
                f"the server answered {answer.status} when asked for events"
            )
        try:
            for event in _events.events(answer.pieces()):
                last = event.id or last
                if event.event == "ending":
                    return "ended", last
                if event.event == "approval" and json.loads(event.data).get("state") == "active":
                    return "active", last
        finally:
            answer.close()
        return "", last

    def close(self) -> None:
        """Closes the connections. Accounts that are open stay open."""
        self._pool.close()


class Account:
    """A temporary account: what the task's words justify, until the block ends."""

    def __init__(self, client: Client, told: Mapping[str, Any]) -> None:
        self._client = client
        self._lock = threading.Lock()
        self._closed = False
        self._ended = False
        self._told: dict[str, Any] = {}
        self._token = ""
        self._renew_at = 0.0
        self._take(told)

    def _take(self, told: Mapping[str, Any]) -> None:
        self._told.update(told)
        token = told.get("access_token")
        if isinstance(token, str):
            self._token = token
            lives = float(told.get("expires_in", 0))
            self._renew_at = time.monotonic() + max(lives - _RENEW_BEFORE, lives / 2)

    @property
    def id(self) -> str:
        return str(self._told["id"])

    @property
    def task(self) -> str:
        return str(self._told.get("task", ""))

    @property
    def expires_at(self) -> str:
        """Its deadline, as RFC 3339."""
        return str(self._told["expires_at"])

    @property
    def grant(self) -> list[dict[str, Any]]:
        """What it may do: service, operation, method, path, constraints, and because of which words."""
        return list(self._told.get("grant", []))

    @property
    def dropped(self) -> list[dict[str, Any]]:
        """What was left out, and why."""
        return list(self._told.get("dropped", []))

    @property
    def endpoints(self) -> dict[str, str]:
        """By service, where the edge takes its calls."""
        return dict(self._told.get("endpoints", {}))

    def fetch(
        self,
        service: str,
        path: str = "/",
        *,
        method: str | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | str | None = None,
        json: Any = None,
    ) -> Response:
        """Calls a service through the edge.

        `method` is GET, or POST where there is a body. Raises a `Refused` where Daypass refuses; what
        the service answers, errors included, is returned.
        """
        endpoint = self.endpoints.get(service)
        if endpoint is None:
            known = ", ".join(sorted(self.endpoints)) or "none"
            raise DaypassError(f"this account has nothing at `{service}`; it has: {known}")
        refuse_framing(headers or ())
        sent, kind = _content(body, json)
        fields = {name.lower(): value for name, value in (headers or {}).items()}
        if kind is not None:
            fields.setdefault("content-type", kind)
        fields["authorization"] = f"Bearer {self._fresh_token()}"
        verb = method or ("GET" if sent is None else "POST")
        answer = self._client.send(verb, target(endpoint, path), fields, sent)
        if answer.status >= 400 and is_problem(answer.headers):
            refused = refusal(answer.status, answer.headers, answer.read())
            if refused is not None:
                raise refused
        return answer

    def tools(self) -> list[Tool]:
        """The grant as tools, one for each operation; without those of MCP servers, which an MCP client finds itself."""
        return [Tool.of(told) for told in self._client.ask("GET", f"/v1/accounts/{self.id}/tools").get("tools", [])]

    def call(self, tool: Tool, given: Mapping[str, Any] | None = None) -> Response:
        """Calls a tool.

        Raises `ValueError` before anything is sent, where the arguments are none of the tool's; else as `fetch`.
        """
        made = tool_request(tool, given or {})
        return self.fetch(tool.service, made.path, method=made.method, headers=made.headers, json=made.json)

    def _fresh_token(self) -> str:
        with self._lock:
            if self._closed:
                raise Closed(f"{self.id} was used after its end")
            if time.monotonic() >= self._renew_at:
                self._take(self._client.token(self.id))
            return self._token

    def renew(self) -> None:
        """Gets a new token. It happens by itself before one expires, within the account's deadline."""
        with self._lock:
            self._take(self._client.token(self.id))

    def widen(self, reason: str, *, task: str | None = None, wait: float | None = None, waiting: Waiting | None = None) -> None:
        """Asks for more. Waits for a human where one must agree, as long as `Wish.wait` says."""
        said = {"reason": reason} if task is None else {"reason": reason, "task": task}
        told = self._client.ask("POST", f"/v1/accounts/{self.id}/widen", said)
        if "access_token" not in told:
            if waiting is not None:
                waiting(told)
            told = {**self._widened(int(told["widening"]["number"]), wait), **self._client.token(self.id)}
        with self._lock:
            self._take(told)

    def _widened(self, number: int, seconds: float | None) -> dict[str, Any]:
        """What the account is once a human agreed to more."""
        until = None if seconds is None else time.monotonic() + seconds
        pause = _AT_FIRST_SECONDS
        while True:
            shown = self._client.show(self.id)
            tries = shown.get("widenings", [])
            state = tries[number - 1].get("state") if len(tries) >= number else None
            if state == "granted":
                return shown
            if state != "awaiting_approval" or shown.get("state") != "active":
                raise NotApproved(f"nobody agreed to more: {state or shown.get('reason', 'ended')}")
            if until is not None and time.monotonic() >= until:
                raise NotApproved(f"nobody agreed to more within {seconds:g} seconds")
            time.sleep(pause)
            pause = min(2 * pause, _AGAIN_SECONDS)

    def account(self, task: str, **wishes: Any) -> Account:
        """Opens an account for a sub-agent, inside this one; it ends with this one."""
        return self._client.open(Wish(task, **wishes), self.id)

    def close(self) -> None:
        """Says that the task is done: the account ends, and every account below it.

        No call is made after this. Where the server could not be told, it may be called again.
        """
        with self._lock:
            self._closed = True
            if self._ended:
                return
        try:
            try:
                self._client.complete(self.id)
            except Unreachable:
                self._client.complete(self.id)  # what had been idle was closed; saying it twice does no harm
        except Refused as e:
            if e.status not in (404, 409):
                raise
        with self._lock:
            self._ended = True

    def __enter__(self) -> Account:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        try:
            self.close()
        except DaypassError:
            if error is None:
                raise  # else what went wrong in the block counts for more


def _content(body: bytes | str | None, value: Any) -> tuple[bytes | None, str | None]:
    if value is not None:
        if body is not None:
            raise ValueError("either `body` or `json`, not both")
        return json.dumps(value).encode(), "application/json"
    return (body.encode() if isinstance(body, str) else body), None
