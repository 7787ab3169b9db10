"""What can go wrong, as types. Every error says what was wrong and, where it is known, what to do next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

PROBLEMS = "https://daypass.dev/problems/"


class DaypassError(Exception):
    """Anything that Daypass, or the way to it, objects to."""


class NoIdentity(DaypassError):
    """This host has no agent identity, or a damaged one."""


class Unreachable(DaypassError):
    """The server does not answer, or does not prove that it is the one the agent enrolled at."""


class NotApproved(DaypassError):
    """A human said no, or nobody said anything in time."""


class Closed(DaypassError):
    """The account was used after its block."""


class Refused(DaypassError):
    """The server refused, with a problem document (RFC 9457).

    `step` is the step of the opening or the calling line that objected, `next` what to do about it,
    `problem` the whole document.
    """

    def __init__(self, status: int, problem: Mapping[str, Any], headers: Mapping[str, str]) -> None:
        self.status = status
        self.problem = dict(problem)
        self.type = _text(problem, "type") or ""
        self.title = _text(problem, "title") or ""
        self.step = _text(problem, "step")
        self.detail = _text(problem, "detail")
        self.next = _text(problem, "next")
        self.retry_after = _seconds(headers.get("retry-after"))
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        said = self.detail or self.title or f"refused with {self.status}"
        at = f" (at `{self.step}`)" if self.step else ""
        then = f"; next: {self.next}" if self.next else ""
        return said + at + then


class NothingGranted(Refused):
    """The task's words justify nothing that this agent may have; `dropped` says why of each operation."""

    @property
    def dropped(self) -> list[dict[str, Any]]:
        return list(self.problem.get("dropped", []))


class NotUnderstood(Refused):
    """The task's words do not say clearly enough what is to be done; `questions` says what is open."""

    @property
    def questions(self) -> list[str]:
        return list(self.problem.get("questions", []))


class Denied(Refused):
    """A rule says no."""


class NotPermitted(Refused):
    """The call is outside the account's grant. `Account.widen` asks for more."""


class Ended(Refused):
    """The account has ended: completed, revoked, over, or its calls are spent."""


class NotEnrolled(Refused):
    """The server does not know this agent."""


class TooMany(Refused):
    """Too much at once; `retry_after` says for how many seconds to wait, if it is known."""


class Unavailable(Refused):
    """Nothing can be made durable or served now; `retry_after` as in `TooMany`."""


_KINDS: dict[str, type[Refused]] = {
    "empty-grant": NothingGranted,
    "not-understood": NotUnderstood,
    "denied-by-rule": Denied,
    "not-permitted": NotPermitted,
    "invalid-client": NotEnrolled,
    "not-enrolled": NotEnrolled,
    "too-many": TooMany,
    "unavailable": Unavailable,
}


def refusal(status: int, headers: Mapping[str, str], body: bytes) -> Refused | None:
    """The refusal that an answer is, or nothing where it is the service's own answer.

    `headers` has names in lower case.
    """
    if status < 400 or not is_problem(headers):
        return None
    try:
        problem = json.loads(body)
    except ValueError:
        return None
    kind = _text(problem, "type") if isinstance(problem, dict) else None
    if kind is None or not kind.startswith(PROBLEMS):
        return None
    name = kind[len(PROBLEMS) :]
    if name == "invalid-token" and problem.get("step") == "fresh":
        return Ended(status, problem, headers)
    return _KINDS.get(name, Refused)(status, problem, headers)


def is_problem(headers: Mapping[str, str]) -> bool:
    """Whether an answer says that it is a problem document."""
    return headers.get("content-type", "").split(";")[0].strip().lower() == "application/problem+json"


def _text(problem: Mapping[str, Any], member: str) -> str | None:
    value = problem.get(member)
    return value if isinstance(value, str) else None


def _seconds(value: str | None) -> int | None:
    return int(value) if value is not None and value.isascii() and value.isdigit() else None
