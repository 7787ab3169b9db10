"""Server-sent events, as far as the server sends them: fields on lines, an empty line ends each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_LINE_MAX = 1_048_576


@dataclass(frozen=True)
class Event:
    id: str
    event: str
    data: str


def events(pieces: Iterable[bytes]) -> Iterator[Event]:
    """The events in what arrives. One that is not finished is none.

    Raises `ValueError` where a line is longer than a mebibyte.
    """
    fields: dict[str, str] = {}
    for line in _lines(pieces):
        if not line:
            if "data" in fields:
                yield Event(fields.get("id", ""), fields.get("event", ""), fields["data"])
            fields = {}
        elif not line.startswith(":"):
            name, _, value = line.partition(":")
            fields[name] = value.removeprefix(" ")


def _lines(pieces: Iterable[bytes]) -> Iterator[str]:
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        if len(rest) > _LINE_MAX:
            raise ValueError("a line of the events is too long")
        for line in whole:
            yield line.removesuffix(b"\r").decode("utf-8")
